"""Answer a theme in public: what people would read is shown first, and names are asked about."""

from uuid import UUID

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from voice.errors import ChangedMeanwhileError
from voice.models import OutcomeKind
from voice.services import outcomes, telling, themes
from voice.services.outcomes import OutcomeRefusedError, Saying
from voice.web.access import PUBLISHER_ROLES, open_to
from voice.web.forms import EXPIRED, MAY_BE_PUBLIC
from voice.web.officers.blueprint import blueprint
from voice.web.officers.theme_forms import ANSWERED, SayingForm
from voice.web.officers.themes import draw_theme
from voice.web.session import current_session, now, settings, signed_in_officer

NOT_TO_COME = "Enter a real date that is still to come, like 27 3 2027"


@blueprint.post("/themes/<uuid:theme_id>/publish")
@open_to(*PUBLISHER_ROLES)
def publish_outcome(theme_id: UUID) -> ResponseReturnValue:
    """Say in public what was done, once an officer has seen what people would read.

    The words come back when they are refused, or when the officer wants to change them.
    """
    form = SayingForm()
    if not form.validate_on_submit():
        return draw_theme(theme_id, errors=[("", EXPIRED)], saying=form, status=422)
    if form.change.data:
        return draw_theme(theme_id, saying=form)
    kind = form.given_kind
    if kind is None:
        errors = [("kind", "Choose what you do about it")]
        return draw_theme(theme_id, errors=errors, saying=form, status=422)
    if form.is_due_in_the_past(now()):
        return draw_theme(theme_id, errors=[("due", NOT_TO_COME)], saying=form, status=422)
    try:
        return _show_or_publish(theme_id, form, _saying_of(form, kind))
    except OutcomeRefusedError as refused:
        errors = form.errors_for(str(refused))
        return draw_theme(theme_id, errors=errors, saying=form, status=422)
    except ChangedMeanwhileError:
        form.follows.data = None  # the page has what stands now, so that the next press follows it
        return draw_theme(theme_id, errors=[("", ANSWERED)], saying=form, status=409)


def _show_or_publish(theme_id: UUID, form: SayingForm, saying: Saying) -> ResponseReturnValue:
    session, officer = current_session(), signed_in_officer()
    theme, _ = themes.get_theme(session, officer, theme_id)
    if form.seen.data != saying.mark:
        outcomes.check_saying(session, theme, saying, officer=officer)
        return _draw_preview(theme_id, form, saying)
    if saying.personal and not saying.may_name:
        return _draw_preview(theme_id, form, saying, errors=[("may_name", MAY_BE_PUBLIC)])
    outcomes.publish_outcome(
        session, theme, saying, officer=officer, press_key=form.press_key, now=now()
    )
    return redirect(url_for(".list_outcomes", notice="published"), code=303)


def _saying_of(form: SayingForm, kind: OutcomeKind) -> Saying:
    council = settings().council
    address = council.address.rstrip("/")
    return Saying(
        kind,
        form.you_said.data or "",
        form.we_did.data or "",
        address=f"{address}/outcomes" if address else "",
        hours=council.message_hours,
        may_name=bool(form.may_name.data),
        owner=form.owner.data or "",
        due_on=form.due_on,
        young_you_said=form.young_you_said.data or "",
        young_we_did=form.young_we_did.data or "",
        follows=form.followed,
    )


def _draw_preview(
    theme_id: UUID,
    form: SayingForm,
    saying: Saying,
    *,
    errors: list[tuple[str, str]] | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "officers/publish_outcome.html",
        theme_id=theme_id,
        form=form,
        saying=saying,
        answer=telling.ANSWERS[saying.kind],
        errors=errors or [],
    )
    return make_response(page, 422 if errors else 200)
