"""The page of a question, or of a group of them, with the answers that stand in it."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from flask import Response as Reply
from flask import make_response, render_template

from surveys.once import once_for_each
from surveys.pages import Page
from surveys.piping import filled
from surveys.questions import AnyQuestion, MediaQuestion
from voice.web.alike import draw_alike, is_alike_here
from voice.web.forms import AnyForm
from voice.web.languages import speak, spoken
from voice.web.public.around import Around, around
from voice.web.public.asked import Sent, draw_question
from voice.web.public.found import Asked
from voice.web.public.visitors import page_setting

_TEMPLATES = {"symbols": "public/ask_symbols.html"}
Errors = list[tuple[str, str]]
Drawn = dict[str, Any]
MOST_LANGUAGES, MOST_QUESTIONS = 32, 2_048  # as worded in a survey, each in its ways


def draw(
    asked: Asked,
    sent: Mapping[str, Sent],
    form: AnyForm,
    *,
    page: Page = (),
    errors: Errors | None = None,
    expired: str = "",
) -> Reply:
    """Return the page, with what was sent in it and what is wrong with that.

    `errors` are (question's code, words). `page` are the questions that the sender had before
    them, where that is known.
    """
    survey = asked.survey
    speak(survey.language)
    as_written = page or asked.page
    shown = tuple([filled(each, survey, asked.answers) for each in as_written])
    wrong = [(shown[0].code, expired)] if expired else errors or []
    questions = _draw_all(as_written, shown, sent, dict(errors or ()))
    beside = around(asked, shown)
    template = _TEMPLATES.get(survey.presentation, "public/ask.html")

    def context() -> Drawn:
        return _context(asked, shown, questions, beside) | {"errors": wrong}

    is_blank = asked.helped is None and not expired and all(each["blank"] for each in questions)
    if is_blank and is_alike_here():
        whole = draw_alike(template, form, context, same=(survey, *shown), said=beside)
        return make_response(whole)
    drawn = render_template(template, form=form, **context())
    return make_response(drawn, 422 if wrong else 200)


def _context(asked: Asked, shown: Page, questions: list[Drawn], beside: Around) -> Drawn:
    """Return all that the page's template needs, without what is wrong and the form."""
    return page_setting(asked.consultation, asked.survey) | {
        "asked": questions[0],
        "question": shown[0],
        "questions": shown,
        "shown": questions,
        "survey": asked.survey,
        "consultation": beside,
        "helped": asked.helped,
        "came": dict(beside.came),
        "place": beside.place,
        "back": beside.back,
        "first_words": beside.first_words,
        "takes_files": any("accept" in each for each in questions),
        "may_skip": asked.helped is None and not any(each.required for each in shown),
    }


def _draw_all(
    as_written: Page, page: Page, sent: Mapping[str, Sent], wrong: Mapping[str, str]
) -> list[Drawn]:
    """Return each question as its page draws it; `blank` where it looks the same to everybody.

    It does not where an answer stands in it, its own or a piped one, or a file's name may.
    """
    drawn = []
    for written, question in zip(as_written, page, strict=True):
        given, error = sent.get(question.code), wrong.get(question.code)
        is_own = given or error or question is not written or isinstance(question, MediaQuestion)
        if is_own:
            drawn.append(draw_question(question, given, error=error) | {"blank": None})
        else:
            drawn.append(_blank_in(spoken())(question))
    return drawn


@lru_cache(maxsize=MOST_LANGUAGES)
def _blank_in(_language: str) -> Callable[[AnyQuestion], Drawn]:
    """Return a way to draw questions with nothing in them, each made once for a language."""

    @once_for_each(MOST_QUESTIONS)
    def drawn(question: AnyQuestion) -> Drawn:
        return draw_question(question, None) | {"blank": question}

    return drawn
