"""What an officer finds: the consultations of their own team, and nothing of anybody else's."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from voice.errors import NotFoundError
from voice.models import Consultation, Officer, Role
from voice.services import consultations, officers


def list_consultations(session: Session, officer: Officer) -> Sequence[Consultation]:
    """Return the consultations of the officer's team, newest first; every team's for an admin.

    Those that are restricted are left out, unless the officer is named for them.
    """
    team = None if officer.role is Role.ADMIN else officer.team
    found = consultations.list_all(session, team=team)
    return [each for each in found if officers.may_open(session, officer, each)]


def get_consultation(session: Session, officer: Officer, slug: str) -> Consultation:
    """Return a consultation of the officer's team.

    Raises:
        NotFoundError: if there is none with this slug, it is another team's, or restricted.
    """
    consultation = consultations.find_by_slug(session, slug)
    if consultation is None:
        raise NotFoundError("consultation")
    officers.check_may_open(session, officer, consultation)
    return consultation
