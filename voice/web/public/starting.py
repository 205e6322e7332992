"""Begin to answer, leave, and come back."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from voice.errors import NotFoundError
from voice.models import Consultation, Response
from voice.services import consultations, keys, responses
from voice.services.consultations import current_survey
from voice.web.access import EVERYBODY, open_to
from voice.web.devices import find_kiosk
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.beginning import begin_here
from voice.web.public.blueprint import blueprint
from voice.web.public.drawing import next_address
from voice.web.public.visitors import (
    ANSWERS_COOKIE,
    find_response,
    first_key,
    let_go,
    page_setting,
    remember,
)
from voice.web.session import current_session, now, settings

WRONG_CODE = "We do not know that code. Check each letter and number, or start again"


class CodeForm(PressForm):
    """Takes a come-back code, however it is typed."""

    code = StringField()


def get_consultation(slug: str) -> Consultation:
    """Return the consultation of this page; an unknown one answers 404."""
    return consultations.get_public(current_session(), slug, now=now())


@blueprint.get("/consultations/<slug>")
@open_to(EVERYBODY)
def start(slug: str) -> ResponseReturnValue:
    """Say what it is about, so that people can decide whether to take part.

    On a kiosk it knows nobody: whoever was there before is forgotten.
    """
    consultation = get_consultation(slug)
    if find_kiosk() is not None:
        return let_go(make_response(_draw_kiosk(consultation)), ANSWERS_COOKIE, slug)
    return _draw_start(consultation)


@blueprint.post("/consultations/<slug>")
@open_to(EVERYBODY)
def begin(slug: str) -> ResponseReturnValue:
    """Begin a response and ask the first question; a double click begins one.

    Where this browser has sent one in before, the new one is an addition by the same person.
    """
    consultation = get_consultation(slug)
    form = PressForm()
    if not form.validate_on_submit():
        return _draw_start(consultation, form, status=422)
    consultations.check_help_is_there(consultation, settings().council)
    begun = begin_here(consultation, form.press_key)
    if not begun.response.channel.is_shared:
        responses.add_to_earlier(begun.response, find_response(slug))
    return remember(redirect(next_address(begun.response)), slug, begun)


def _draw_start(
    consultation: Consultation, form: PressForm | None = None, *, status: int = 200
) -> ResponseReturnValue:
    survey = current_survey(consultation)
    page = render_template(
        "public/start.html",
        form=form or PressForm(formdata=None),
        errors=[("start", EXPIRED)] if form is not None else [],
        survey=survey,
        is_open=consultation.is_open(now()),
        begun=_unsent(find_response(consultation.slug)),
        telegram=settings().council.telegram_name,
        **page_setting(consultation, survey.audience.value),
    )
    return page, status


def _draw_kiosk(consultation: Consultation) -> str:
    survey = current_survey(consultation)
    return render_template(
        "public/kiosk.html",
        form=PressForm(formdata=None),
        survey=survey,
        is_open=consultation.is_open(now()),
        **page_setting(consultation, survey.audience.value),
    )


def _unsent(response: Response | None) -> Response | None:
    return response if response is not None and response.submitted_at is None else None


@blueprint.route("/consultations/<slug>/save", methods=["GET", "POST"])
@open_to(EVERYBODY)
def save(slug: str) -> ResponseReturnValue:
    """Give a code with which to come back, here or on another device."""
    response = find_response(slug, to_change=request.method == "POST")
    if response is None or response.submitted_at is not None:
        return redirect(url_for(".start", slug=slug))
    form = PressForm()
    code = None
    if form.validate_on_submit():
        code = keys.code_from(settings().secret_key, form.press_key)
        responses.set_code(response, code)
    page = render_template(
        "public/save.html",
        form=form,
        code=code,
        errors=[("save", EXPIRED)] if form.is_expired else [],
        address=url_for(".come_back", slug=slug, _external=True),
        **page_setting(response.consultation, responses.survey_for(response).audience.value),
    )
    return page, 422 if form.is_expired else 200


@blueprint.route("/consultations/<slug>/come-back", methods=["GET", "POST"])
@open_to(EVERYBODY)
def come_back(slug: str) -> ResponseReturnValue:
    """Take up a response where it was left, by its code."""
    consultation = get_consultation(slug)
    form = CodeForm()
    if not form.is_submitted():
        return _draw_come_back(consultation, form)
    if not form.validate_on_submit():
        return _draw_come_back(consultation, form, error=EXPIRED, status=422)
    key = first_key(form.press_key)
    try:
        begun = responses.take_up_by_code(current_session(), slug, form.code.data or "", key=key)
    except NotFoundError:
        return _draw_come_back(consultation, form, error=WRONG_CODE, status=422)
    return remember(redirect(url_for(".go_on", slug=slug)), slug, begun)


def _draw_come_back(
    consultation: Consultation, form: CodeForm, *, error: str | None = None, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "public/come_back.html",
        form=form,
        error=error,
        errors=[("code", error)] if error else [],
        **page_setting(consultation, current_survey(consultation).audience.value),
    )
    return page, status
