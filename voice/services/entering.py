"""Answers that came on paper or by phone, typed in by an officer."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.answers import Answer
from voice.clock import LONDON, in_london
from voice.errors import AlreadyEnteredError, NotFoundError, ReceivedOnRefusedError
from voice.models import Capacity, Channel, Consultation, Officer, Press, Response
from voice.services import audit, double_entry, keys, responses
from voice.services.consultations import current_version

TYPED_IN = (Channel.PAPER, Channel.PHONE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One form as an officer typed it in. `press_key` is that of the page: saved once (REL-2)."""

    channel: Channel
    received_on: date
    answers: tuple[Answer, ...]
    press_key: str
    capacity: Capacity = Capacity.INDIVIDUAL  # a survey that asks it itself has the last word
    joined_hash: str | None = None  # of the personal code on the paper, if there was one
    side: str = ""
    variant: str = ""  # in which way and language it was printed; empty: as usual
    language: str = ""
    wave: str = ""  # the course or group of whoever wrote it; empty: of none


@dataclass(frozen=True, slots=True)
class Entered:
    """A form that is in. `has_concern` says that somebody's safety is being looked at."""

    response: Response
    has_concern: bool = False


def enter_response(
    session: Session, consultation: Consultation, officer: Officer, entry: Entry, *, now: datetime
) -> Entered:
    """Keep a form that came on paper or by phone, send it in, and write down who typed it in.

    It was sent on the day it was received, whenever it is typed in; after the close it is late.
    Where papers are typed in twice it waits for that, and counts in no figure until then.
    The same page saved twice makes one response.

    Raises:
        AlreadyEnteredError: if the page was saved before with other answers on it.
        ReceivedOnRefusedError: if it cannot have been received on that day.
        NotYetAnsweredError: if a required question on the path has no answer.
    """
    received_at = moment_received(consultation, entry.received_on, now=now)
    response = _begin(session, consultation, entry, received_at=received_at, now=now)
    if response is None:
        return Entered(_get_entered(session, consultation, entry))
    raised = [
        concern
        for answer in entry.answers
        for concern in responses.record_answer(session, response, answer, now=now)
    ]
    responses.submit_response(session, response, now=received_at)
    double_entry.hold(response)
    audit.record(session, officer, double_entry.ENTERED, response.id, now=now)
    return Entered(response, has_concern=bool(raised))


def moment_received(consultation: Consultation, received_on: date, *, now: datetime) -> datetime:
    """Return the moment that stands for a day: noon in the UK, drawn into the opening times.

    On the day it closes a form is in time, whenever the post came.

    Raises:
        ReceivedOnRefusedError: if the day has not come yet, or was before the opening.
    """
    if received_on > in_london(now).date():
        raise ReceivedOnRefusedError("future")
    if received_on < in_london(consultation.opens_at).date():
        raise ReceivedOnRefusedError("early")
    noon = datetime.combine(received_on, time(12), LONDON).astimezone(now.tzinfo)
    moment = min(max(noon, consultation.opens_at), now)
    if received_on == in_london(consultation.closes_at).date():
        return min(moment, consultation.closes_at)
    return moment


def find_entered(session: Session, consultation: Consultation, reference: str) -> Response | None:
    """Return the form with this reference that was typed in here, or None."""
    return session.scalar(
        select(Response).where(
            Response.consultation_id == consultation.id,
            Response.reference == reference,
            Response.channel.in_(TYPED_IN),
        )
    )


def _begin(
    session: Session,
    consultation: Consultation,
    entry: Entry,
    *,
    received_at: datetime,
    now: datetime,
) -> Response | None:
    """Begin the response of this press; None when the same press has begun one."""
    if session.get(Press, entry.press_key) is not None:
        return None
    response = Response(
        consultation=consultation,
        version=current_version(consultation),
        channel=entry.channel,
        capacity=entry.capacity,
        joined_hash=entry.joined_hash,
        side=entry.side,
        variant=entry.variant,
        language=entry.language,
        wave=entry.wave,
        respondent=keys.new_pseudonym(),
        reference=keys.new_reference(),
        started_at=received_at,
    )
    try:
        with session.begin_nested():
            session.add(response)
            session.flush()
            session.add(Press(key=entry.press_key, response_id=response.id, pressed_at=now))
    except IntegrityError:  # the same press arrived twice at the very same moment
        return None
    return response


def _get_entered(session: Session, consultation: Consultation, entry: Entry) -> Response:
    press = session.get(Press, entry.press_key)
    response = session.get(Response, press.response_id) if press is not None else None
    if response is None or response.consultation_id != consultation.id:
        raise NotFoundError("press")
    survey = responses.survey_for(response)
    apart = {each.code for each in survey.questions if each.equality}
    typed = {each.question: each for each in entry.answers if each.question not in apart}
    if responses.answers_of(response) != typed:
        raise AlreadyEnteredError(response.reference)
    return response
