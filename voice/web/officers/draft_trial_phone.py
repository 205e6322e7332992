"""The phone of a walk through a draft: a page as its variant and language have it, kept nowhere."""

from collections.abc import Mapping, Sequence

from flask import render_template, request

from surveys.answers import Answer
from surveys.engine import Audience
from surveys.media import MediaQuestion
from surveys.pages import Page, place_of
from surveys.piping import filled
from surveys.trying import Stand, Trial, page_on_phone, pages_on_phone
from voice.web.languages import ENGLISH, speak
from voice.web.officers.draft_trial import PRETENDED
from voice.web.public.asked import ReadPage, Sent, draw_question, read_form, read_page

Errors = Sequence[tuple[str, str]]


def read_phone(page: Page, audience: Audience) -> tuple[ReadPage, dict[str, Sent]]:
    """Return the answers with what is wrong, and what was sent for each question.

    A file is never taken here: its author pretends that one came.
    """
    sent = {each.code: read_form(each, request.form) for each in page}
    if "skip" in request.form:
        return read_page(page, dict.fromkeys(sent, Sent(())), audience), sent
    if "pretend" not in request.form:
        return read_page(page, sent, audience), sent
    rest = tuple(each for each in page if not isinstance(each, MediaQuestion))
    read = read_page(rest, sent, audience)
    files = [each for each in page if each not in rest]
    came = (Answer(each.code, (PRETENDED,), sent[each.code].other) for each in files)
    return ReadPage((*read.answers, *came), read.errors), sent


def draw_phone(stand: Stand, trial: Trial, sent: Mapping[str, Sent], errors: Errors) -> str:
    """Return the page in the language of the walk, with what was given before or just now."""
    survey, answers = stand.asked(trial.state), trial.state.answers
    page = () if trial.is_over else page_on_phone(survey, trial.state)
    before = {code: Sent(each.values, each.other) for code, each in answers.items() if each.values}
    given, wrong = {**before, **sent}, dict(errors)
    shown = [filled(each, survey, answers) for each in page]
    pages = pages_on_phone(survey, trial.state)
    files = [each for each in page if isinstance(each, MediaQuestion)]
    speak(survey.language)
    drawn = render_template(
        "officers/_trial_phone.html",
        survey=survey,
        questions=shown,
        shown=[
            draw_question(each, given.get(each.code), error=wrong.get(each.code)) for each in shown
        ],
        place=place_of(survey, answers, pages, page[0].code) if page else None,
        may_skip=not any(each.required for each in page),
        pretend=files[0].called if files else "",
        is_over=trial.is_over,
    )
    speak(ENGLISH)
    return drawn
