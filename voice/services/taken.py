"""The results of a consultation as one file, and who took it."""

import zipfile
from datetime import datetime
from io import BytesIO

from sqlalchemy.orm import Session

from voice.models import Consultation, Officer
from voice.services import audit, officers, packs


def hand_out_results(
    session: Session, consultation: Consultation, officer: Officer, *, council: str, now: datetime
) -> bytes:
    """Return the results pack as one .zip file, and write down who took it.

    Raises:
        NotAllowedError: if the officer may only read figures.
    """
    officers.check_may_change(officer)
    files = packs.results_pack(session, consultation, council=council, now=now)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, now.timetuple()[:6]), held)
    audit.record(session, officer, "results taken", consultation.id, now=now)
    return packed.getvalue()
