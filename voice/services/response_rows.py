"""What is written as a response begins, with the press that began it, and as it is sent in."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from voice.errors import ConsultationClosedError
from voice.models import Channel, Consultation, Press, Response, SurveyVersion
from voice.services import kept_answers, keys
from voice.services.consultations import current_version
from voice.services.opened import RESPONSES
from voice.services.rows import Row
from voice.services.straight import Straight

_TABLE, _PRESSES = Response.metadata.tables["response"], Press.metadata.tables["press"]


def _writing(table: Table, names: Iterable[str]) -> Straight:
    """Return the statement that writes a row with these columns."""
    return Straight(insert(table).values({name: bindparam(f"new_{name}") for name in names}))


def _changing(*names: str) -> Straight:
    """Return the statement that changes these columns of one response."""
    changed: Row = {name: bindparam(f"new_{name}") for name in names}
    return Straight(update(_TABLE).where(_TABLE.c["id"] == bindparam("of_this")).values(changed))


_WRITE = _writing(_TABLE, RESPONSES.names)
_PRESS = _writing(_PRESSES, ("key", "response_id", "pressed_at"))
_PRESSED = Straight(select(Press.response_id).where(Press.key == bindparam("pressed")))
_SENT = _changing("submitted_at", "is_late", "counts")
_SENT_INFORMED = _changing("submitted_at", "is_late", "counts", "information_at_end")


def new_row(consultation: Consultation, channel: Channel, *, now: datetime, key: str) -> Row:
    """Return the row of a response that begins now, which `key` opens.

    Raises:
        ConsultationClosedError: if `consultation` takes no answers at `now`.
    """
    if not consultation.is_open(now):
        raise ConsultationClosedError(consultation.slug)
    return RESPONSES.new_row(
        {
            "consultation_id": consultation.id,
            "survey_version_id": current_version(consultation).id,
            "channel": channel,
            "respondent": keys.new_pseudonym(),
            "reference": keys.new_reference(),
            "key_hash": keys.hash_key(key),
            "started_at": now,
            "information_at_start": consultation.information_number,
        }
    )


def write(session: Session, row: Row) -> None:
    """Write the row of a response."""
    session.flush()  # what it hangs on
    _WRITE.carry_out(session, _new(row))


def taken_in(session: Session, consultation: Consultation, row: Row) -> Response:
    """Return the response of a row that was written just now, in the version that it names.

    Another may have been published since the row was made.
    """
    version = session.get_one(SurveyVersion, row["survey_version_id"])
    whole = (*row.values(),)
    response = RESPONSES.known(session, whole, consultation=consultation, version=version)
    kept_answers.note_new(session, response)
    return response


def note_press(session: Session, row: Row, press_key: str) -> None:
    """Note which press began the response of this row."""
    pressed = {"key": press_key, "response_id": row["id"], "pressed_at": row["started_at"]}
    _PRESS.carry_out(session, _new(pressed))


def find_pressed(session: Session, press_key: str) -> UUID | None:
    """Return the id of the response that this press of a button began, or None."""
    session.flush()
    return next((each for (each,) in _PRESSED.rows(session, {"pressed": press_key})), None)


def note_sent(session: Session, response: Response, *, now: datetime) -> None:
    """Note that a response was sent in: when, whether late, and what could be read by then."""
    consultation = response.consultation
    sent: Row = {
        "submitted_at": now,
        "is_late": now > consultation.closes_at,
        "counts": consultation.takes_answers(now, begun_at=response.started_at),
    }
    is_informed = response.information_at_start is not None
    if is_informed:
        sent["information_at_end"] = consultation.information_number
    session.flush()
    statement = _SENT_INFORMED if is_informed else _SENT
    statement.carry_out(session, {"of_this": response.id, **_new(sent)})
    for name, each in sent.items():
        set_committed_value(response, name, each)


def _new(row: Row) -> Row:
    return {f"new_{name}": each for name, each in row.items()}
