"""The second step of signing in: asking for its code, setting it up, and changing the phone."""

from base64 import b64encode

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from voice.models import Officer, SignInStage
from voice.reports.qr import SVG_TYPE, qr_svg
from voice.services import officers, one_time_codes, second_steps
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, PressForm, draw_form
from voice.web.officers.blueprint import blueprint
from voice.web.officers.letting_in import give_key, let_in, where_next
from voice.web.session import OFFICER_COOKIE, current_officer, current_session, now, settings

WRONG = "That is not the code, or it was used already. Enter the code that your phone shows now"
WAIT = "There were many wrong codes. Wait 15 minutes, then try again"


class CodeForm(PressForm):
    """The code of a phone, or one of the ten on paper. It is never drawn back."""

    code = StringField()

    @property
    def typed(self) -> str:
        """Return the code as it was typed."""
        return self.code.data or ""


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@open_to(EVERYBODY)
def enter_code() -> ResponseReturnValue:
    """Ask whoever gave the right passphrase for the code of their phone."""
    key = request.cookies.get(OFFICER_COOKIE, "")
    officer, stage = officers.find_half(current_session(), key, now=now())
    if officer is None or stage is not SignInStage.CODE:
        return redirect(url_for(".sign_in", next=request.args.get("next")))
    form = CodeForm()
    if not form.is_submitted():
        return draw_form("officers/sign_in_code.html", None, form=form)
    if not form.validate_on_submit():
        return draw_form("officers/sign_in_code.html", ("code", EXPIRED), form=form)
    secret = settings().secret_key
    try:
        renewed = officers.give_code(current_session(), key, form.typed, secret=secret, now=now())
    except officers.TooManyFailuresError:
        refused = draw_form("officers/sign_in_code.html", ("code", WAIT), form=form)
        return make_response(refused, 429)
    if renewed is None:
        return draw_form("officers/sign_in_code.html", ("code", WRONG), form=form)
    return let_in(renewed)


@blueprint.get("/second-step")
@open_to(EVERYBODY)
def second_step() -> ResponseReturnValue:
    """Say whether a second step is set up, and let it be; also where nothing else opens yet."""
    officer = _whose()
    return redirect(url_for(".sign_in")) if officer is None else _draw(officer)


@blueprint.post("/second-step")
@open_to(EVERYBODY)
def change_second_step() -> ResponseReturnValue:
    """Begin to set it up, confirm it by its first code, make new codes, or change the phone."""
    officer, form, session = _whose(), CodeForm(), current_session()
    if officer is None:
        return redirect(url_for(".sign_in"))
    if not form.validate_on_submit():
        return _draw(officer, error=("code", EXPIRED))
    secret = settings().secret_key
    wish = request.form.get("wish")
    if wish == "begin":
        return _begin(officer)
    if wish == "confirm":
        return _confirm(officer, form.typed)
    try:
        is_right = officers.takes_code(session, officer, form.typed, secret=secret, now=now())
    except officers.TooManyFailuresError:
        return make_response(_draw(officer, error=("code", WAIT)), 429)
    if not is_right:
        return _draw(officer, error=("code", WRONG))
    if wish == "codes":
        codes = second_steps.renew_recovery_codes(session, officer, secret=secret, now=now())
        return _draw(officer, codes=codes)
    second_steps.remove(session, officer, by=officer, now=now())
    return _begin(officer)


def _whose() -> Officer | None:
    """Return who is signed in, or would be, if only they had a second step."""
    key = request.cookies.get(OFFICER_COOKIE, "")
    half, stage = officers.find_half(current_session(), key, now=now())
    return half if stage is SignInStage.SET_UP else current_officer()


def _begin(officer: Officer) -> ResponseReturnValue:
    session, secret = current_session(), settings().secret_key
    if second_steps.find(session, officer) is None:
        second_steps.begin(session, officer, secret=secret, now=now())
    return redirect(url_for(".second_step", next=request.args.get("next")), code=303)


def _confirm(officer: Officer, typed: str) -> ResponseReturnValue:
    session, secret = current_session(), settings().secret_key
    codes = second_steps.confirm(session, officer, typed, secret=secret, now=now())
    if codes is None:
        return _draw(officer, error=("code", WRONG))
    key = officers.renew(session, request.cookies.get(OFFICER_COOKIE, ""), officer, now=now())
    reply = make_response(_draw(officer, codes=codes))
    give_key(reply, key)
    return reply


def _draw(
    officer: Officer, *, error: tuple[str, str] | None = None, codes: list[str] | None = None
) -> ResponseReturnValue:
    session, council = current_session(), settings().council
    begun = second_steps.find_begun(session, officer)
    typed = second_steps.secret_of(begun, secret=settings().secret_key) if begun else ""
    page = render_template(
        "officers/second_step.html",
        step=second_steps.find(session, officer),
        typed=" ".join(typed[at : at + 4] for at in range(0, len(typed), 4)),
        picture=_picture(officer, typed) if typed else "",
        codes=codes,
        codes_left=second_steps.count_recovery_codes(session, officer),
        days_left=second_steps.days_left(session, officer, council, now=now()),
        is_in=current_officer() is not None,
        goes_on=where_next(),
        form=CodeForm(formdata=None),
        errors=[error] if error else [],
        error=error[1] if error else None,
    )
    return make_response(page, 422 if error else 200)


def _picture(officer: Officer, secret: str) -> str:
    """Return the QR code for the phone as the address of a picture: it stands on no other page."""
    council = settings().council.name
    held = one_time_codes.address_for_phone(secret, account=officer.email, council=council)
    return f"data:{SVG_TYPE};base64,{b64encode(qr_svg(held)).decode('ascii')}"
