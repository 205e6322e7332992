"""A short survey on one page: every question drawn, and all that was sent read at once."""

from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from surveys.answers import Answer
from surveys.engine import Survey
from surveys.piping import unfilled
from surveys.sheet import Written, read_sheet
from voice.web.public.asked import draw_question, read_form
from voice.web.public.wording import refusal_in_words

EMPTY = "Answer at least one of these"


@dataclass(frozen=True, slots=True)
class Filled:
    """The answers that were taken, and what is wrong with the others, by question."""

    answers: tuple[Answer, ...]
    errors: dict[str, str]


def read_whole(survey: Survey, given: MultiDict[str, str]) -> Filled:
    """Read every question; a form without any answer is refused as well."""
    sent = {question.code: read_form(question, given) for question in survey.questions}
    written = {code: Written(each.values, each.other) for code, each in sent.items()}
    sheet = read_sheet(survey, written)
    errors = {
        question.code: refusal_in_words(
            sheet.refusals[question.code],
            question,
            survey.audience,
            given=written[question.code].values,
        )
        for question in survey.questions
        if question.code in sheet.refusals
    }
    answers = tuple(sheet.answers.values())
    if not errors and all(each.is_skipped for each in answers):
        errors = {survey.questions[0].code: EMPTY}
    return Filled(answers, errors)


def draw_whole(
    survey: Survey, given: MultiDict[str, str], errors: dict[str, str]
) -> list[dict[str, Any]]:
    """Return every question as components/question_single.html draws it, with what was given."""
    return [
        draw_question(
            unfilled(question), read_form(question, given), error=errors.get(question.code)
        )
        for question in survey.questions
    ]
