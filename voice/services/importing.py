"""Bring a file in: all of its rows in one transaction, every word screened, or none of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from surveys.answers import Answer
from surveys.engine import on_path_only
from voice.database import Database
from voice.errors import NotFoundError, ReceivedOnRefusedError
from voice.models import (
    AnswerRow,
    Capacity,
    Channel,
    Concern,
    Import,
    ImportStatus,
    Response,
    SurveyVersion,
)
from voice.services import capacities, import_mapping, imports, jobs, joining, keys, noticing
from voice.services.concerns import Heard, notice_words
from voice.services.consultations import current_version, survey_of
from voice.services.entering import moment_received
from voice.services.import_codes import NO_CODE, RowCode
from voice.services.import_rows import ReadRow

TOLD_EVERY_ROWS = 500

Progress = Callable[[int], None]


@dataclass(slots=True)
class Ready:
    """Rows of the store, made and not yet kept."""

    responses: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    concerns: list[Concern] = field(default_factory=list)


def bringing_in(secret: str) -> jobs.Work:
    """Return the work of a job that brings a file in; `secret` hashes the personal codes in it."""
    return partial(bring_in, secret=secret)


def bring_in(
    database: Database, subject: str, now: datetime, *, secret: str | None = None
) -> Callable[[Session], None]:
    """Make ready the import that a job names; what is returned keeps it, all at once.

    Words are screened while no lock is held, so that people can go on answering.

    Raises:
        NotFoundError: if there is no such import.
    """
    import_id = UUID(subject)

    def tell(rows: int) -> None:
        with database.writing() as session:
            found = session.get(Import, import_id)
            if found is not None:
                found.imported = rows

    with database.reading() as session:
        found = session.get(Import, import_id)
        if found is None:
            raise NotFoundError("import")
        if found.status is not ImportStatus.WAITING:
            return lambda _session: None
        try:
            ready = make_ready(found, now=now, secret=secret, on_progress=tell)
        except ReceivedOnRefusedError as refused:
            reason = f"days: {refused}"
            return lambda session: _refuse(session, import_id, reason)
        except imports.ImportRefusedError as refused:
            changed = str(refused)
            return lambda session: _refuse(session, import_id, changed)
    return lambda session: keep(session, session.get_one(Import, import_id), ready, now=now)


def bring_in_now(
    session: Session, found: Import, *, now: datetime, secret: str | None = None
) -> None:
    """Bring a short file in without waiting for a worker; its job then finds nothing to be done.

    Raises:
        ReceivedOnRefusedError: if a row cannot have been received on its day.
        ImportRefusedError: `faults`, if the file does not fit the survey as it is worded now.
    """
    keep(session, found, make_ready(found, now=now, secret=secret), now=now)


def make_ready(
    found: Import,
    *,
    now: datetime,
    secret: str | None = None,
    on_progress: Progress | None = None,
) -> Ready:
    """Return everything that the file becomes, screened, with nothing kept.

    Raises:
        LookupError: if there are personal codes in it and no secret to hash them by.
        ReceivedOnRefusedError: if a row cannot have been received on its day.
        ImportRefusedError: `faults`, if the file does not fit the survey as it is worded now.
    """
    ready = Ready()
    version = current_version(found.consultation)
    days: dict[date, datetime] = {}
    for number, row in enumerate(_rows_agreed(found), start=1):
        day = row.received_on or found.received_on
        if day is None:
            raise ReceivedOnRefusedError("missing")
        if day not in days:
            days[day] = moment_received(found.consultation, day, now=now)
        _add(ready, found, version, row, received_at=days[day], now=now)
        ready.responses[-1] |= _joined(version, row.code, secret)
        if on_progress is not None and number % TOLD_EVERY_ROWS == 0:
            on_progress(number)
    return ready


def keep(session: Session, found: Import, ready: Ready, *, now: datetime) -> None:
    """Keep all of it, once, and forget the file."""
    session.refresh(found, with_for_update=True)
    if found.status is not ImportStatus.WAITING:
        return
    if ready.responses:
        session.execute(insert(Response), ready.responses)
    if ready.answers:
        session.execute(insert(AnswerRow), ready.answers)
    session.add_all(ready.concerns)
    found.status = ImportStatus.IMPORTED
    found.imported = len(ready.responses)
    found.concerns = len(ready.concerns)
    found.content = None
    found.finished_at = now
    session.flush()


def _rows_agreed(found: Import) -> list[ReadRow]:
    """Return the rows, read again: the wording may have changed since an officer agreed to them."""
    try:
        import_mapping.check(imports.survey_of(found), found.columns, imports.mapping_of(found))
    except import_mapping.ColumnsRefusedError as refused:
        raise imports.ImportRefusedError("faults") from refused
    reading = imports.dry_run(found)
    if reading.faults or len(reading.rows) != found.expected:
        raise imports.ImportRefusedError("faults")
    return reading.rows


def _refuse(session: Session, import_id: UUID, reason: str) -> None:
    """Put the file back as it was before it was agreed to, with why; nothing of it is kept."""
    found = session.get_one(Import, import_id)
    found.status = ImportStatus.UPLOADED
    found.imported = 0
    found.problem = reason


def _add(
    ready: Ready,
    found: Import,
    version: SurveyVersion,
    row: ReadRow,
    *,
    received_at: datetime,
    now: datetime,
) -> None:
    survey = imports.survey_of(found)
    counted = on_path_only(survey, row.answers)
    response = _response_of(found, received_at)
    response["survey_version_id"] = version.id
    response["wave"] = row.wave
    response["capacity"] = capacities.capacity_after(Capacity.INDIVIDUAL, counted)
    ready.responses.append(response)
    wave = Heard(
        found.consultation_id, Channel.IMPORT, row.wave, question="", response_id=response["id"]
    )
    worry = notice_words(wave, now=now)
    ready.concerns += [worry] if worry is not None else []
    for code, answer in row.answers.items():
        kept = _answer_of(answer, received_at)
        ready.answers.append(kept | {"response_id": response["id"], "is_on_path": code in counted})
        heard = partial(
            Heard, found.consultation_id, Channel.IMPORT, question=code, response_id=response["id"]
        )
        ready.concerns += noticing.notice_in(survey.question(code), answer, heard, now=now)


def _joined(version: SurveyVersion, code: RowCode, secret: str | None) -> dict[str, Any]:
    """Return by what a row is kept together with others, as `joining` hashes it on every page."""
    if code == NO_CODE:
        return {"joined_hash": None, "side": ""}
    if secret is None:
        raise LookupError("no secret to hash personal codes by")
    survey = survey_of(version)  # not fitted, so that no way to be asked leads round a wall
    hashed, side = joining.read_code(survey, code.typed, side=code.side, secret=secret)
    return {"joined_hash": hashed, "side": side}


def _response_of(found: Import, received_at: datetime) -> dict[str, Any]:
    """Return a response of a file as a row of the store, sent in at one moment."""
    consultation = found.consultation
    return {
        "id": uuid4(),
        "consultation_id": consultation.id,
        "channel": Channel.IMPORT,
        "respondent": keys.new_pseudonym(),
        "reference": keys.new_reference(),
        "started_at": received_at,
        "submitted_at": received_at,
        "is_late": received_at > consultation.closes_at,
        "counts": consultation.takes_answers(received_at, begun_at=received_at),
        "import_id": found.id,
    }


def _answer_of(answer: Answer, received_at: datetime) -> dict[str, Any]:
    """Return an answer of a file as a row of the store."""
    return {
        "question": answer.question,
        "values": list(answer.values),
        "other": answer.other,
        "answered_at": received_at,
        "tone": None,
    }
