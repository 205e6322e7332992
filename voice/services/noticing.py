"""What in an answer may mean that somebody is at risk: one reading for every channel and file."""

from collections.abc import Callable
from datetime import datetime

from surveys.answers import Answer
from surveys.questions import AnyQuestion, CardSort, FreeText, MediaQuestion, OneOf, ShortText
from voice.models import Concern
from voice.services.concerns import SAID_WORRIED, Heard, notice_words, notice_worry


def notice_in(
    question: AnyQuestion | None, answer: Answer, heard: Callable[[str], Heard], *, now: datetime
) -> list[Concern]:
    """Return the concerns that an answer raises, not yet queued; `heard` says whose words they are.

    All that somebody typed is screened, and options that mean that somebody may need help count.
    """
    typed, worries = "", []
    match question:
        case MediaQuestion():
            typed = answer.other
        case FreeText() | ShortText():
            typed = answer.text
        case OneOf():
            typed = answer.other
            options = (question.option(code) for code in answer.values)
            worries = [each.label for each in options if each is not None and each.worry]
        case CardSort():
            said = "\n".join(question.worries(answer.values))
            worries = [said] if said else []
    found = notice_words(heard(typed), now=now) if typed.strip() else None
    chosen = [notice_worry(heard(said), category=SAID_WORRIED, now=now) for said in worries]
    return ([found] if found is not None else []) + chosen
