"""Sign in and out."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField

from voice.models import Role
from voice.services import officers
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.letting_in import let_in, where_next
from voice.web.session import (
    OFFICER_COOKIE,
    current_officer,
    current_session,
    now,
    settings,
    signed_in_officer,
)

# The same for both, so that nobody learns who works here.
WRONG = "The e-mail address or the passphrase is not right"
WAIT = "There were many attempts with this e-mail address. Wait 15 minutes, then try again"
EXPIRED = "This page was open for a long time. Enter your passphrase again"


class SignInForm(FlaskForm):
    """Who it is, and the passphrase, which is never drawn back."""

    email = StringField()
    passphrase = PasswordField()


@blueprint.route("/sign-in", methods=["GET", "POST"])
@open_to(EVERYBODY)
def sign_in() -> ResponseReturnValue:
    """Let an officer in, and take them where they wanted to go."""
    if request.method == "GET":
        if current_officer() is not None:
            return redirect(where_next())
        return _draw(SignInForm(formdata=None))
    form = SignInForm()
    if not form.validate_on_submit():
        return _draw(form, error=EXPIRED, status=422)
    try:
        key = officers.sign_in(
            current_session(),
            form.email.data or "",
            form.passphrase.data or "",
            now=now(),
            council=settings().council,
        )
    except officers.TooManyFailuresError:
        return _draw(form, error=WAIT, status=429)
    return _draw(form, error=WRONG, status=422) if key is None else let_in(key)


@blueprint.post("/sign-out")
@open_to(*Role)
def sign_out() -> ResponseReturnValue:
    """End the signed-in browser on the server too."""
    form = PressForm()
    if not form.validate_on_submit():
        return render_template("officers/sign_out.html"), 422
    officers.leave(
        current_session(), request.cookies.get(OFFICER_COOKIE, ""), signed_in_officer(), now=now()
    )
    reply = redirect(url_for(".sign_in"), code=303)
    reply.delete_cookie(OFFICER_COOKIE, path="/", secure=settings().is_https, httponly=True)
    return reply


def _draw(form: SignInForm, *, error: str | None = None, status: int = 200) -> ResponseReturnValue:
    errors = [("email", error)] if error else []
    page = render_template("officers/sign_in.html", form=form, errors=errors, error=error)
    return make_response(page, status)
