"""Leave a response, and come back to it with a code."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from voice.errors import NotFoundError
from voice.models import Consultation
from voice.services import keys, responses
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.blueprint import blueprint
from voice.web.public.starting import get_consultation
from voice.web.public.visitors import find_response, first_key, page_setting, remember
from voice.web.public.ways import newcomers_survey
from voice.web.session import current_session, settings

WRONG_CODE = "We do not know that code. Check each letter and number, or start again"


class CodeForm(PressForm):
    """Takes a come-back code, however it is typed."""

    code = StringField()


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
        **page_setting(response.consultation, responses.survey_for(response)),
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
        **page_setting(consultation, newcomers_survey(consultation)),
    )
    return page, status
