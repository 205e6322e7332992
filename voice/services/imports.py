"""Imports: answers collected elsewhere, brought in from a file all together or not at all."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys.answers import storable
from surveys.engine import Survey
from surveys.fitting import Setting
from voice.errors import VoiceError
from voice.models import Capacity, Channel, Consultation, Import, ImportStatus, Officer, Response
from voice.services import audit, import_mapping, import_rows, jobs, officers
from voice.services.belonging import get_belonging
from voice.services.consultations import current_survey, current_version, fitted
from voice.services.import_mapping import Mapping
from voice.services.import_rows import Reading
from voice.spreadsheets import Row, SpreadsheetError, Table, read_table

MAX_FILE_BYTES = 5_000_000
MAX_ROWS = 100_000
MAX_NAME_CHARS = 120
INLINE_ROWS = 100  # more than these are brought in by a worker: nobody waits more than 2 seconds
KEPT_APART = (
    "columns about who people are, such as their background, are left out: the answers are kept "
    "apart from the person, and in a file they stand beside everything else the person said"
)
KNOWN = (ImportStatus.WAITING, ImportStatus.IMPORTED)


class KnownFileError(VoiceError):
    """The very same file was brought in before, and nobody said to do so again."""


class TotalRefusedError(VoiceError):
    """The file does not hold as many answers as it must; the message says how many it holds."""


class ImportRefusedError(VoiceError):
    """It cannot be brought in; the message is a key: `faults`, `days`, `status` or `expected`."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file as somebody handed it in; `again` says that it may have come in before."""

    name: str
    raw: bytes
    again: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """What an officer says of a whole file before it is brought in."""

    expected: int
    received_on: date | None  # for rows with no day of their own


def upload(
    session: Session,
    consultation: Consultation,
    officer: Officer | None,
    handed_in: HandedIn,
    *,
    now: datetime,
) -> Import:
    """Keep a file until its columns are matched, with the last mapping of such columns on it.

    Raises:
        SpreadsheetError: if it is too large, has no rows, names a column twice, or cannot be read.
        KnownFileError: if it was brought in before, unless it is to come in again.
    """
    if officer is not None:
        officers.check_may_change(officer)
    name = storable(handed_in.name)[-MAX_NAME_CHARS:] or "the file"
    table = read_upload(handed_in.raw, name=name)
    digest = sha256(handed_in.raw).hexdigest()
    if not handed_in.again and _is_known(session, consultation, digest):
        raise KnownFileError(name)
    found = Import(
        consultation=consultation,
        officer_id=officer.id if officer is not None else None,
        survey_code=consultation.survey_code,
        file_name=name,
        digest=digest,
        columns=list(table.columns),
        content=_packed(table),
        mapping=_first_mapping(session, consultation, table.columns).as_json(),
        row_count=len(table.rows),
        uploaded_at=now,
    )
    session.add(found)
    session.flush()
    audit.record(session, officer, "file uploaded", found.id, now=now)
    return found


def read_upload(raw: bytes, *, name: str) -> Table:
    """Return the rows of a file that somebody handed in.

    Raises:
        SpreadsheetError: if it is too large, has no rows, names a column twice, or cannot be read.
    """
    if len(raw) > MAX_FILE_BYTES:
        most = MAX_FILE_BYTES // 1_000_000
        raise SpreadsheetError(f"{name} is larger than {most} MB: split it into several files")
    if name.lower().endswith(".xlsx") and not raw.startswith(b"PK"):
        raise SpreadsheetError(f"{name} is no workbook: save it anew as XLSX or CSV")
    table = read_table(raw, name=name)
    rows = tuple(row for row in table.rows if not row.is_empty)
    if not rows:
        raise SpreadsheetError(f"{name} has a header and no rows below it: choose another file")
    if len(rows) > MAX_ROWS:
        raise SpreadsheetError(f"{name} has more than {MAX_ROWS:,} rows: split it into several")
    twice = import_mapping.repeated_header(table.columns)
    if twice is not None:
        raise SpreadsheetError(f"{name} has two columns called “{twice.strip()}”: rename one")
    left_out = len(table.rows) - len(rows)
    notes = (f"{left_out} empty rows were left out",) if left_out else ()
    columns = tuple(storable(column) for column in table.columns)
    return Table(columns, rows, (*table.notes, *notes))


def get_import(session: Session, consultation: Consultation, import_id: UUID) -> Import:
    """Return an import of this consultation.

    Raises:
        NotFoundError: if there is none with this id.
    """
    return get_belonging(session, Import, consultation, import_id)


def list_imports(session: Session, consultation: Consultation) -> Sequence[Import]:
    """Return the files handed in for a consultation, the newest first."""
    return session.scalars(
        select(Import)
        .where(Import.consultation_id == consultation.id)
        .order_by(Import.uploaded_at.desc(), Import.id)
    ).all()


def survey_of(found: Import) -> Survey:
    """Return the survey as those who answered elsewhere are taken to have been asked it.

    No question about who somebody is: from a file, its answer would stay joined to the person.
    """
    setting = Setting(channel=Channel.IMPORT.value, capacity=Capacity.INDIVIDUAL.value)
    return fitted(current_version(found.consultation), setting).once_sent


def notes_of(found: Import) -> tuple[str, ...]:
    """Return what whoever matches the columns must know beforehand."""
    asks_who = current_survey(found.consultation).has_equality
    return (*table_of(found).notes, *((KEPT_APART,) if asks_who else ()))


def table_of(found: Import) -> Table:
    """Return the rows of a file that is not brought in yet.

    Raises:
        ImportRefusedError: `status`, once it is brought in or given up.
    """
    if found.content is None:
        raise ImportRefusedError("status")
    kept = json.loads(zlib.decompress(found.content))
    rows = tuple(Row(number, tuple(cells)) for number, cells in kept["rows"])
    return Table(tuple(found.columns), rows, tuple(kept["notes"]))


def mapping_of(found: Import) -> Mapping:
    """Return what its columns stand for, as far as is decided."""
    return Mapping.from_json(found.mapping)


def save_mapping(session: Session, found: Import, mapping: Mapping) -> None:
    """Keep what the columns stand for.

    Raises:
        ColumnsRefusedError: if it cannot be used.
        ImportRefusedError: `status`, once it is brought in or given up.
    """
    _check_uploaded(found)
    import_mapping.check(survey_of(found), found.columns, mapping)
    found.mapping = mapping.as_json()
    session.flush()


def dry_run(found: Import) -> Reading:
    """Return every row as it would be kept, with all that is wrong; nothing is kept."""
    return import_rows.read_rows(survey_of(found), table_of(found), mapping_of(found))


def confirm(
    session: Session, found: Import, officer: Officer | None, agreement: Agreement, *, now: datetime
) -> None:
    """Let the file be brought in: nothing may be wrong in it, and the total must agree.

    A worker does it; `voice.services.importing.bring_in_now` does it at once for a short file.

    Raises:
        ImportRefusedError: `status`, `faults`, or `days` where a row has no day of receipt.
        TotalRefusedError: if another number of answers is in it.
    """
    _check_uploaded(found)
    reading = dry_run(found)
    if reading.faults:
        raise ImportRefusedError("faults")
    if len(reading.rows) != agreement.expected:
        raise TotalRefusedError(str(len(reading.rows)))
    if agreement.received_on is None and any(row.received_on is None for row in reading.rows):
        raise ImportRefusedError("days")
    found.expected = agreement.expected
    found.received_on = agreement.received_on
    found.status = ImportStatus.WAITING
    audit.record(session, officer, "import confirmed", found.id, now=now)
    jobs.enqueue(session, jobs.IMPORT, str(found.id), now=now)
    session.flush()


def give_up(session: Session, found: Import, officer: Officer, *, now: datetime) -> None:
    """Forget a file that was not brought in.

    Raises:
        ImportRefusedError: `status`, once it is brought in.
    """
    _check_uploaded(found)
    audit.record(session, officer, "file given up", found.id, now=now)
    session.delete(found)
    session.flush()


def undo(session: Session, found: Import, officer: Officer | None, *, now: datetime) -> int:
    """Delete every response that a file brought in, and return how many there were.

    The records of concerns stay, for somebody may be at risk all the same (SAF-7).

    Raises:
        ImportRefusedError: `status`, unless it was brought in.
    """
    if officer is not None:
        officers.check_may_change(officer)
    session.refresh(found, with_for_update=True)
    if found.status is not ImportStatus.IMPORTED:
        raise ImportRefusedError("status")
    deleted = delete(Response).where(Response.import_id == found.id).returning(Response.id)
    gone = len(session.execute(deleted).all())
    session.expire_all()
    found.status = ImportStatus.UNDONE
    found.finished_at = now
    audit.record(session, officer, "import undone", found.id, now=now)
    return gone


def _check_uploaded(found: Import) -> None:
    if found.status is not ImportStatus.UPLOADED:
        raise ImportRefusedError("status")


def _is_known(session: Session, consultation: Consultation, digest: str) -> bool:
    same = select(Import.id).where(
        Import.consultation_id == consultation.id,
        Import.digest == digest,
        Import.status.in_(KNOWN),
    )
    return session.scalar(same.limit(1)) is not None


def _first_mapping(session: Session, consultation: Consultation, columns: Sequence[str]) -> Mapping:
    """Return what was agreed for such columns before, or else a guess."""
    before = _last_mapping(session, consultation, columns)
    return before or import_mapping.guess(current_survey(consultation).once_sent, columns)


def _last_mapping(
    session: Session, consultation: Consultation, columns: Sequence[str]
) -> Mapping | None:
    """Return the mapping last used for the same survey and the same header, if it still fits."""
    before = session.scalars(
        select(Import)
        .where(
            Import.survey_code == consultation.survey_code,
            Import.status.in_((*KNOWN, ImportStatus.UNDONE)),
        )
        .order_by(Import.uploaded_at.desc())
    )
    same = next((each for each in before if each.columns == list(columns)), None)
    if same is None:
        return None
    try:
        import_mapping.check(current_survey(consultation).once_sent, columns, mapping_of(same))
    except import_mapping.ColumnsRefusedError:
        return None
    return mapping_of(same)


def _packed(table: Table) -> bytes:
    rows = [[row.number, [storable(cell) for cell in row.cells]] for row in table.rows]
    return zlib.compress(json.dumps({"rows": rows, "notes": table.notes}).encode())
