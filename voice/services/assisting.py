"""Answering with a worker: whose words are whose, and why there are none."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from surveys.answers import Answer, storable
from surveys.questions import AnyQuestion
from voice.models import Channel, Concern, Consultation, Hearing, Response, WorkerNote
from voice.services import concerns, responses, saying
from voice.services.concerns import Heard
from voice.services.responses import Begun

# A role, never a name: what is kept says how somebody was helped, not by whom.
WORKERS = {
    "social_worker": "Social worker",
    "school": "Teacher or school staff",
    "youth_worker": "Youth worker",
    "youth_justice": "Youth justice worker",
    "health": "Nurse, doctor or other health worker",
    "foster_carer": "Foster carer or residential worker",
    "parent": "Parent or carer",
    "advocate": "Advocate",
    "interpreter": "Interpreter",
    "library": "Library staff",
    "somebody_else": "Somebody else",
}
MAX_NOTE_CHARS = 10_000
NOTHING, BOTH, NO_REASON, TOO_LONG = "nothing", "both", "no_reason", "too_long"


@dataclass(frozen=True, slots=True)
class Helped:
    """What a worker says of one answer, as it was typed. `hearing` may be any word or none."""

    hearing: str = ""
    reason: str = ""
    note: str = ""


def begin_with_help(
    session: Session,
    consultation: Consultation,
    worker: str,
    *,
    press_key: str,
    key: str,
    now: datetime,
) -> Begun:
    """Begin a response of somebody whom `worker`, a key of `WORKERS`, helps to answer.

    Raises:
        ConsultationClosedError: if `consultation` takes no answers at `now`.
        KeyError: if there is no such worker.
    """
    if worker not in WORKERS:
        raise KeyError(worker)
    begun = responses.start_once(
        session, consultation, Channel.ASSISTED, now=now, press_key=press_key, key=key
    )
    begun.response.helped_by = worker
    return begun


def helped_with(response: Response, question: AnyQuestion) -> Helped | None:
    """Return what was noted of a question that asks for words; None if nobody helps."""
    if not response.helped_by or not saying.asks_for_words(question):
        return None
    note = response.notes.get(question.code)
    return Helped(note.hearing.value, note.reason, note.note) if note is not None else Helped()


def refusal_of(words: str, helped: Helped) -> str | None:
    """Return why this cannot be kept, or None (B7).

    There must be the person's own words, or that they chose not to say, or that nobody asked
    them, with the reason.
    """
    has_words = bool(words.strip())
    says_none = helped.hearing in {Hearing.DECLINED, Hearing.NOT_SOUGHT}
    if max(len(helped.reason), len(helped.note)) > MAX_NOTE_CHARS:
        return TOO_LONG
    if has_words:
        return BOTH if says_none else None
    if not says_none:
        return NOTHING
    is_told = helped.hearing == Hearing.DECLINED or bool(helped.reason.strip())
    return None if is_told else NO_REASON


def keep_note(
    session: Session, response: Response, question: str, helped: Helped, *, now: datetime
) -> list[Concern]:
    """Keep how the worker came by an answer, apart from the answer; screened as any words are.

    Call `refusal_of` first. Returns the concerns that the worker's words raised.
    """
    row = response.notes.get(question)
    if row is None:
        row = WorkerNote(question=question)
        response.notes[question] = row
    row.hearing = Hearing(helped.hearing or Hearing.OWN_WORDS)
    row.reason = storable(helped.reason) if row.hearing is Hearing.NOT_SOUGHT else ""
    row.note = storable(helped.note)
    session.flush()
    raised = [
        concerns.screen_words(session, _heard(response, question, words), now=now)
        for words in (row.reason, row.note)
    ]
    return [concern for concern in raised if concern is not None]


def explain_silence(
    session: Session, response: Response, helped: Helped, *, now: datetime
) -> list[Concern]:
    """Keep why nothing at all is answered, at the first question that asks for a view.

    Call `refusal_of` first, without words. Returns the concerns that the worker's words raised.
    """
    survey, answers = responses.survey_for(response), responses.answers_of(response)
    first = saying.asked_for_a_view(survey, answers)[0].code
    responses.record_answer(session, response, Answer(first), now=now)
    return keep_note(session, response, first, helped, now=now)


def _heard(response: Response, question: str, words: str) -> Heard:
    return Heard(
        consultation_id=response.consultation_id,
        channel=response.channel,
        words=words,
        question=question,
        response_id=response.id,
    )
