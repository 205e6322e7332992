"""The evidence that a consultation was fair: everything that was asked, told, weighed and decided.

It holds nobody's words, so that it can be handed to whoever asks how a decision was reached.
"""

import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from voice.models import AuditEntry, Consultation, InformationVersion, Officer
from voice.reports.csv_files import csv_file
from voice.services import audit, considering, dates, information, officers, packs, results
from voice.services.information_split import count_split

Files = dict[str, bytes]


def evidence_pack(session: Session, consultation: Consultation, *, now: datetime) -> Files:
    """Return the files by name, with a manifest that gives the SHA-256 of each."""
    files = {
        **_definitions(consultation),
        **_told(session, consultation),
        "plan.txt": _plan(consultation),
        "dates.csv": packs.dates_file(session, consultation, now=now),
        "closing-dates.csv": _closing_dates(session, consultation),
        "notices.csv": _notices(session, consultation),
        "responses.csv": _responses(session, consultation),
        "figures.csv": packs.counts_file(session, consultation),
        "themes.csv": packs.themes_file(session, consultation),
        "considerations.csv": _considerations(session, consultation),
        "decisions.csv": _decisions(session, consultation),
        "who-did-what.csv": _audit(session, consultation),
    }
    rows = ((name, len(held), sha256(held).hexdigest()) for name, held in sorted(files.items()))
    return files | {"manifest.csv": csv_file(("file", "bytes", "sha256"), rows)}


def packed_evidence(session: Session, consultation: Consultation, *, now: datetime) -> bytes:
    """Return the files of the evidence as one .zip file."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in sorted(evidence_pack(session, consultation, now=now).items()):
            archive.writestr(zipfile.ZipInfo(name, now.timetuple()[:6]), held)
    return packed.getvalue()


def hand_out_evidence(
    session: Session, consultation: Consultation, officer: Officer, *, now: datetime
) -> bytes:
    """Return the evidence as one .zip file, and write down who took it.

    Raises:
        NotAllowedError: if the officer may only read figures.
    """
    officers.check_may_change(officer)
    packed = packed_evidence(session, consultation, now=now)
    audit.record(session, officer, "evidence taken", consultation.id, now=now)
    return packed


def _definitions(consultation: Consultation) -> Files:
    return {
        f"definition/version-{each.number}.json": json.dumps(
            json.loads(each.definition), ensure_ascii=False, indent=2
        ).encode()
        for each in consultation.versions
    }


def _told(session: Session, consultation: Consultation) -> Files:
    def write(version: InformationVersion) -> bytes:
        head = f"{version.title}\nPublished {version.published_at.isoformat()}"
        return "\n\n".join([head, version.words, "\n".join(version.documents)]).encode()

    versions = information.list_versions(session, consultation)
    return {f"information/version-{each.number}.txt": write(each) for each in versions}


def _plan(consultation: Consultation) -> bytes:
    parts = {
        "Title": consultation.title,
        "Kind": consultation.kind.value,
        "To be decided on": str(consultation.decision_on or ""),
        "Why": consultation.reasons,
        "What else could be done": consultation.options,
        "Documents": "\n".join(consultation.documents),
    }
    return "\n\n".join(f"{name}\n{words}" for name, words in parts.items()).encode()


def _closing_dates(session: Session, consultation: Consultation) -> bytes:
    names = _names(session)
    rows = (
        (each.changed_at, names.get(each.changed_by), each.closed_at_before, each.closes_at,
         each.reason)
        for each in dates.list_changes(session, consultation)
    )  # fmt: skip
    return csv_file(("changed at", "by", "from", "to", "because"), rows)


def _notices(session: Session, consultation: Consultation) -> bytes:
    rows = (
        (each.published_at, each.withdrawn_at, each.you_said, each.we_are)
        for each in information.list_notices(session, consultation)
    )
    return csv_file(("published at", "withdrawn at", "you said", "we are listening"), rows)


def _responses(session: Session, consultation: Consultation) -> bytes:
    came_in = results.count_arrivals(session, consultation)
    rows: list[Sequence[object]] = [
        ("sent in", came_in.submitted),
        ("from respondents", came_in.respondents),
        ("counted", came_in.counting),
        ("marked late", came_in.late),
        ("too late, not counted", came_in.late_waiting),
        ("neither reached by a theme nor read",
         len(considering.unread_responses(session, consultation))),
    ]  # fmt: skip
    for number in range(1, consultation.information_number + 1):
        split = count_split(session, consultation, number)
        rows.append((f"begun before information version {number}", split.before))
        rows.append((f"begun after information version {number}", split.after))
    return csv_file(("responses", "number"), rows)


def _considerations(session: Session, consultation: Consultation) -> bytes:
    rows = (
        (each.theme.question, each.theme.label, one.recorded_at, one.words)
        for each in considering.weighed_themes(session, consultation)
        for one in each.considerations
    )
    return csv_file(("question", "theme", "recorded at", "how it was considered"), rows)


def _decisions(session: Session, consultation: Consultation) -> bytes:
    rows = (
        (each.decided_on, each.decided_by, each.words, each.recorded_at)
        for each in considering.list_decisions(session, consultation)
    )
    return csv_file(("decided on", "by", "decision", "recorded at"), rows)


def _audit(session: Session, consultation: Consultation) -> bytes:
    themes = [each.theme.id for each in considering.weighed_themes(session, consultation)]
    about = [str(consultation.id), *(str(one) for one in themes)]
    found = select(AuditEntry).where(
        or_(AuditEntry.subject.in_(about), AuditEntry.subject.startswith(f"{consultation.slug}/"))
    )
    names = _names(session)
    rows = (
        (each.at, names.get(each.officer_id, "the service"), each.action)
        for each in session.scalars(found.order_by(AuditEntry.id))
    )
    return csv_file(("when", "who", "what"), rows)


def _names(session: Session) -> dict[object, str]:
    return {each.id: each.name for each in session.scalars(select(Officer))}
