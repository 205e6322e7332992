"""Keep your answers together with a code, if you wish: use one, be given one, take it off."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.errors import CodeRefusedError
from voice.models import Response
from voice.services import joining, keys, responses, web_chats
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.blueprint import blueprint
from voice.web.public.visitors import CHAT_COOKIE, find_response, page_setting
from voice.web.session import current_session, now, settings

WRONG = (
    "This is not one of our codes. Check each letter and number. You can also go on without a "
    "code: your answers are safe"
)
NO_SIDE = "Choose who you are"
REFUSALS = {"code": WRONG, "side": NO_SIDE}


@blueprint.get("/consultations/<slug>/code")
@open_to(EVERYBODY)
def personal_code(slug: str) -> ResponseReturnValue:
    """Say what a code is for, and let people use theirs, get one, or go on without."""
    response = _find_response(slug)
    if response is None or not joining.is_offered(response):
        return redirect(url_for(".start", slug=slug))
    return _draw(response, PressForm(formdata=None))


@blueprint.post("/consultations/<slug>/code")
@open_to(EVERYBODY)
def use_code(slug: str) -> ResponseReturnValue:
    """Join these answers by a code that is typed in or given here, or take the code off."""
    response = _find_response(slug, to_change=True)
    if response is None or not joining.is_offered(response):
        return redirect(url_for(".start", slug=slug))
    form = PressForm()
    if not form.validate_on_submit():
        return _draw(response, form, errors=[("code", EXPIRED)])
    if "off" in request.form:
        joining.part(response)
        return redirect(_here(slug))
    return _join(response, form, is_new="give" in request.form)


def _find_response(slug: str, *, to_change: bool = False) -> Response | None:
    """Return what this browser answers: in its chat, if it came from there."""
    if "chat" not in request.args:
        return find_response(slug, to_change=to_change)
    browser = web_chats.Browser(slug, request.cookies.get(CHAT_COOKIE, ""))
    return web_chats.find_response(current_session(), settings(), browser)


def _here(slug: str) -> str:
    return url_for(".personal_code", slug=slug, chat=request.args.get("chat"))


def _way_on(response: Response) -> str:
    """Return where the answers are checked, sent or given."""
    slug = response.consultation.slug
    if "chat" in request.args:
        return url_for(".chat", slug=slug)
    return url_for(".check" if response.submitted_at is None else ".sent", slug=slug)


def _help_for(response: Response) -> str:
    """Return where help is shown to somebody whose words may mean danger."""
    if "chat" in request.args:
        return url_for(".help_page")
    return url_for(".thank_for_telling", slug=response.consultation.slug)


def _join(response: Response, form: PressForm, *, is_new: bool) -> ResponseReturnValue:
    """Join by the code; one that is given here is shown, once."""
    secret = settings().secret_key
    code = keys.personal_code_from(secret, form.press_key) if is_new else ""
    typed = code or request.form.get("code", "")
    try:
        joining.join(response, typed, side=request.form.get("side", ""), secret=secret)
    except CodeRefusedError as refused:
        if joining.screen_wrong_code(current_session(), response, typed, now=now()):
            return redirect(_help_for(response))
        return _draw(response, form, errors=[(str(refused), REFUSALS[str(refused)])])
    if not code:
        return redirect(_here(response.consultation.slug))
    return _draw(response, PressForm(formdata=None), code=code)


def _draw(
    response: Response,
    form: PressForm,
    *,
    errors: list[tuple[str, str]] | None = None,
    code: str = "",
) -> ResponseReturnValue:
    survey = responses.survey_for(response)
    page = render_template(
        "public/personal_code.html",
        form=form,
        errors=errors or [],
        wrong=dict(errors or []),
        typed=request.form.get("code", "") if errors else "",
        chosen=request.form.get("side"),
        sides=[(side.code, side.label) for side in survey.sides],
        is_family=bool(survey.sides),
        is_joined=response.joined_hash is not None,
        code=code,
        on=_way_on(response),
        here=_here(response.consultation.slug),
        **page_setting(response.consultation, survey),
    )
    return page, 422 if errors else 200
