"""The page of a question, or of a group of them, with the answers that stand in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import make_response, render_template
from werkzeug.wrappers import Response as Reply

from surveys.once import once_for_each
from surveys.pages import Page, Place, page_before, place_of
from surveys.piping import filled
from surveys.questions import AnyQuestion, MediaQuestion
from voice.web.addresses import address_of, address_of_question
from voice.web.alike import draw_alike, is_alike_here
from voice.web.forms import AnyForm
from voice.web.languages import speak, spoken
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
    first, wrong = shown[0], errors or []
    questions = _draw_all(as_written, shown, sent, dict(wrong))
    around = _around(asked, shown)
    template = _TEMPLATES.get(survey.presentation, "public/ask.html")

    def context() -> Drawn:
        return {
            "asked": questions[0],
            "question": first,
            "helped": asked.helped,
            "came": dict(around.came),
            "shown": questions,
            "takes_files": any("accept" in each for each in questions),
            "questions": shown,
            "errors": [(first.code, expired)] if expired else wrong,
            "place": around.place,
            "back": around.back,
            "first_words": around.first_words,
            "may_skip": asked.helped is None and not any(each.required for each in shown),
            "survey": survey,
            **page_setting(asked.consultation, survey),
            "consultation": around,
        }

    is_blank = asked.helped is None and not expired and all(each["blank"] for each in questions)
    if is_blank and is_alike_here():
        return make_response(
            draw_alike(template, form, context, same=(survey, *shown), said=around)
        )
    drawn = render_template(template, form=form, **context())
    return make_response(drawn, 422 if wrong or expired else 200)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands round the questions of a page and can differ where they are the same."""

    slug: str
    title: str
    demonstration: str
    came: tuple[tuple[str, str], ...]
    place: Place
    back: str
    first_words: bool


def _around(asked: Asked, shown: Page) -> _Around:
    consultation, first = asked.consultation, shown[0].code
    return _Around(
        slug=consultation.slug,
        title=consultation.title,
        demonstration=consultation.demonstration,
        came=tuple(asked.came.items()),
        place=place_of(asked.pages, first),
        back=_address_before(consultation.slug, page_before(asked.pages, first)),
        first_words=asked.asks_first_words(shown),
    )


def _address_before(slug: str, page: Page) -> str:
    """Return the address of the page before: the start page, if there is none."""
    if not page:
        return address_of("public.start", slug=slug)
    return address_of_question(slug, page[0].code)


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
