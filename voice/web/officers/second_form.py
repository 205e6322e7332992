"""The form into which a second officer types the same paper: blank, or as typed before."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from surveys.answers import Answer
from surveys.double_entry import typed_twice
from surveys.sheet import Written
from surveys.translations import direction
from voice.models import Channel, Response
from voice.services.consultations import survey_of
from voice.services.papers import printed_as, sheet_of
from voice.web.officers.entry_form import Typed, draw_capacity, draw_sheet, read_typed


def filled_page(answers: Mapping[str, Answer]) -> Typed:
    """Return the page with these answers on it."""
    written = {code: Written(each.values, each.other) for code, each in answers.items()}
    return Typed(Channel.PAPER, {}, None, written, (), {})


def read_again(response: Response, form: MultiDict[str, str]) -> Typed:
    """Return what was typed beside the questions that are typed again."""
    survey = sheet_of(response)
    typed, again = read_typed(survey, form), {each.code for each in typed_twice(survey)}
    return replace(
        typed,
        answers=tuple(each for each in typed.answers if each.question in again),
        errors={code: words for code, words in typed.errors.items() if code in again},
    )


def draw_again(response: Response, typed: Typed, errors: Mapping[str, str]) -> dict[str, Any]:
    """Return the questions that are typed again, and as whom the paper may speak."""
    survey = sheet_of(response)
    again = {each.code for each in typed_twice(survey)}
    questions = [each for each in draw_sheet(survey, typed, errors) if each["name"] in again]
    named = printed_as(
        survey_of(response.version), variant=response.variant, language=response.language
    )
    return draw_capacity(survey, typed) | {
        "questions": questions,
        "printed_as": named,
        "language": survey.language,
        "direction": direction(survey.language),
    }
