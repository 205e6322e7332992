"""Those who must not be asked or written to, by an address or reference that nobody reads."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from voice.services import suppressions
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm, draw_form
from voice.web.officers.blueprint import blueprint
from voice.web.session import current_session, now, settings, signed_in_officer

REFUSALS = {
    "value": "Write an e-mail address or a reference",
    "reason": f"Say why, in up to {suppressions.MAX_REASON_CHARS} characters",
    "unknown": "This one is not on the list",
}


class SuppressionForm(PressForm):
    """Whom nobody asks, and why."""

    value = StringField()
    reason = StringField()


@blueprint.route("/not-to-be-asked", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
def list_suppressions() -> ResponseReturnValue:
    """Show how many must not be asked and why; put somebody on the list, or take them off."""
    form, session, officer = SuppressionForm(), current_session(), signed_in_officer()
    if not form.is_submitted():
        return _draw(SuppressionForm(formdata=None))
    if not form.validate_on_submit():
        return _draw(form, error=("value", EXPIRED))
    value, secret = form.value.data or "", settings().secret_key
    if request.form.get("change") == "lift":
        if not suppressions.lift(session, officer, value, secret=secret, now=now()):
            return _draw(form, error=("value", REFUSALS["unknown"]))
        return redirect(url_for(".list_suppressions", notice="lifted"), code=303)
    try:
        reason = form.reason.data or ""
        suppressions.suppress(session, officer, value, reason=reason, secret=secret, now=now())
    except ValueError as refused:
        return _draw(form, error=(str(refused), REFUSALS[str(refused)]))
    return redirect(url_for(".list_suppressions", notice="added"), code=303)


def _draw(form: SuppressionForm, *, error: tuple[str, str] | None = None) -> ResponseReturnValue:
    return draw_form(
        "officers/suppressions.html",
        error,
        listed=suppressions.list_reasons(current_session()),
        form=form,
    )
