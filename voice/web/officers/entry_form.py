"""The form into which an officer types a paper or a phone call: every question on one page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from surveys.answers import Answer, Refusal
from surveys.engine import Audience, Survey
from surveys.numbering import numbers_on_paper
from surveys.piping import unfilled
from surveys.questions import AnyQuestion
from surveys.sheet import Written, read_sheet
from voice.clock import in_london
from voice.models import Capacity, Channel
from voice.services import capacities, entering, results
from voice.web.public.asked import Sent, draw_question, read_form, refused_files
from voice.web.public.wording import refusal_in_words

# No question's code has a hyphen, so none of these is ever the name of a question.
CAME_BY = "came-by"
RECEIVED_ON = "received-on"
SPOKE_AS = "spoke-as"
DAY_PARTS = ("day", "month", "year")
CAPACITY_OPTIONS = tuple((one.value, capacities.LABELS[one]) for one in capacities.ANSWERING)
JOINTLY = "Choose a committee where it answers jointly."
ASKED_THERE = f"Leave it empty: the form asks this itself. {JOINTLY}"
CHANNEL_OPTIONS = tuple((channel.value, results.CHANNELS[channel]) for channel in entering.TYPED_IN)
NOT_A_DAY = "Enter a real date for when it was received, like 27 3 2026"
RECEIVED_ON_REFUSALS = {
    "future": "The day it was received must be today or in the past",
    "early": "The day it was received must be on or after the day this opened",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """The page as it was typed in, read once; `errors` are by the field to mend."""

    came_by: Channel
    day: dict[str, str]
    received_on: date | None
    written: dict[str, Written]
    answers: tuple[Answer, ...]
    errors: dict[str, str]
    capacity: Capacity = Capacity.INDIVIDUAL


def read_typed(survey: Survey, form: MultiDict[str, str]) -> Typed:
    """Return what was typed, exactly as it came, with the answers that are in it."""
    asked = (question for question in survey.questions if question.takes_answer)
    sent = {question.code: read_form(question, form) for question in asked}
    written = {code: Written(each.values, each.other) for code, each in sent.items()}
    sheet = read_sheet(survey, written)
    refused = sheet.refusals | refused_files(survey.questions)
    day = {part: form.get(f"{RECEIVED_ON}-{part}", "") for part in DAY_PARTS}
    received_on = _read_day(day)
    return Typed(
        came_by=_read_channel(form),
        day=day,
        received_on=received_on,
        written=written,
        answers=tuple(sheet.answers.values()),
        errors=({} if received_on else {RECEIVED_ON: NOT_A_DAY})
        | _refusals_in_words(survey, written, refused),
        capacity=_read_capacity(form),
    )


def empty_page(survey: Survey, before: MultiDict[str, str], *, now: datetime) -> Typed:
    """Return a page with no answer on it, with the way and the day of the one before."""
    typed = read_typed(survey, before)
    today = typed.received_on or in_london(now).date()
    day = dict(zip(DAY_PARTS, (str(today.day), str(today.month), str(today.year)), strict=True))
    return Typed(typed.came_by, day, today, {}, (), {})


def kept_for_the_next(typed: Typed) -> dict[str, Any]:
    """Return what `empty_page` takes over, for an address."""
    day = {f"{RECEIVED_ON}-{part}": value for part, value in typed.day.items()}
    return day | {CAME_BY: typed.came_by.value}


def draw_sheet(survey: Survey, typed: Typed, errors: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return every question as components/question_single.html draws it, numbered as printed."""
    numbers = numbers_on_paper(survey)
    drawn = []
    for question in (each for each in survey.questions if each.takes_answer):
        given = typed.written.get(question.code)
        sent = Sent(given.values, given.other) if given is not None else None
        text = f"{numbers[question.code]}. {question.plain_text}"
        one = draw_question(unfilled(question), sent, error=errors.get(question.code))
        drawn.append(one | {"text": text, "section": question.section})
    return drawn


def draw_capacity(survey: Survey, typed: Typed) -> dict[str, Any]:
    """Return as whom they may answer; nothing is chosen where the form asks that itself."""
    asks = capacities.asks_itself(survey)
    is_one = typed.capacity is Capacity.INDIVIDUAL
    return {
        "capacities": CAPACITY_OPTIONS,
        "capacity": "" if asks and is_one else typed.capacity.value,
        "spoke_hint": ASKED_THERE if asks else JOINTLY,
    }


def _read_channel(form: Mapping[str, str]) -> Channel:
    """Return how it came; paper unless another way is chosen."""
    came_by = form.get(CAME_BY)
    return next(
        (channel for channel in entering.TYPED_IN if channel.value == came_by), Channel.PAPER
    )


def _read_capacity(form: Mapping[str, str]) -> Capacity:
    """Return as whom they answer; as one person unless something else is chosen."""
    said = form.get(SPOKE_AS)
    return next((one for one in capacities.ANSWERING if one.value == said), Capacity.INDIVIDUAL)


def _read_day(day: Mapping[str, str]) -> date | None:
    try:
        return date(*(int(day[part]) for part in reversed(DAY_PARTS)))
    except (ValueError, OverflowError):
        return None


def _refusals_in_words(
    survey: Survey, written: Mapping[str, Written], refusals: Mapping[str, Refusal]
) -> dict[str, str]:
    """Say what is wrong with each answer that was not taken, with its number on the paper."""
    numbers = numbers_on_paper(survey)
    return {
        question.code: f"Question {numbers[question.code]}: "
        + _in_words(question, written[question.code], refusals[question.code])
        for question in survey.questions
        if question.code in refusals
    }


def _in_words(question: AnyQuestion, written: Written, refusal: Refusal) -> str:
    if refusal is Refusal.MISSING:
        return "choose an answer, because the form cannot be counted without it"
    if refusal is Refusal.NOT_AGREED:
        return "they do not agree, so nothing of this form may be kept; leave without saving"
    words = refusal_in_words(refusal, question, Audience.ADULT, given=written.values)
    return words[0].lower() + words[1:]
