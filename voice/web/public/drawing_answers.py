"""The pages that read somebody's answers back to them: before they are sent in, and after.

What is round the answers is drawn once for all who are asked the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import escape

from voice.models import Response
from voice.services import information, responses
from voice.web.alike import draw_alike, is_alike_here
from voice.web.drawn import drawn_alone
from voice.web.forms import EXPIRED, AnyForm, Press
from voice.web.public.asked_for import asked_for
from voice.web.public.read_back import rows_of
from voice.web.public.sending_in import silence_of
from voice.web.public.visitors import page_setting
from voice.web.session import current_session


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the pages before and after the answers are sent say of what was asked."""

    slug: str
    title: object
    back: str = ""  # the address of the last question


def draw_check(
    response: Response, form: AnyForm, errors: Sequence[tuple[str, str]] = ()
) -> ResponseReturnValue:
    """Return the page; what is round the answers is drawn once for all who answer the same."""
    survey = responses.survey_for(response)
    setting = page_setting(response.consultation, survey)
    wrong = [("send", EXPIRED)] if form.is_expired else list(errors)
    rows = rows_of(response, editable=True)
    news = information.published_since(current_session(), response)
    silence = silence_of(response)
    asked = _Asked(response.consultation.slug, setting["title"], rows[-1][2] or "")
    own = {"answers": drawn_alone("summary_list", rows)}

    def context() -> dict[str, object]:
        return {
            **setting,
            "consultation": asked,
            "back": asked.back,
            "errors": wrong,
            "survey": survey,
            "news": news,
            "silence": silence,
            "response": response,
            "in_chat": None,
        }

    is_plain = not wrong and news is None and silence is None and survey.joins is None
    if is_plain and is_alike_here():
        said = (asked, setting["demonstration"])
        return draw_alike("public/check.html", form, context, same=(survey,), said=said, own=own)
    page = render_template("public/check.html", form=form, **context(), **own)
    return page, 422 if wrong else 200


def draw_sent(response: Response) -> ResponseReturnValue:
    """Return the page, drawn as the one that checks the answers is."""
    survey = responses.survey_for(response)
    setting = page_setting(response.consultation, survey)
    asked = _Asked(response.consultation.slug, setting["title"])
    answers = drawn_alone("summary_list", rows_of(response, editable=False))
    own = {"reference": escape(response.reference), "answers": answers}
    wishes = asked_for(response)
    is_unkept = "unkept" in request.args

    def context() -> dict[str, object]:
        return {
            **setting,
            **wishes,
            "consultation": asked,
            "errors": [],
            "unkept": is_unkept,
            "is_late": response.is_late,
            "counts": response.counts,
            "survey": survey,
            "response": response,
            "in_chat": None,
        }

    is_in_time = response.counts and not response.is_late and not is_unkept
    if is_in_time and not wishes["requests"] and survey.joins is None and is_alike_here():
        said = (asked, setting["demonstration"])
        form = Press(blank=True)
        return draw_alike("public/sent.html", form, context, same=(survey,), said=said, own=own)
    return render_template("public/sent.html", **context(), **own)
