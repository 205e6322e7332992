"""Swapping a quote of a theme for the next one, and bringing the first ones back."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from voice.errors import ChangedMeanwhileError
from voice.services import quotes, theme_views, themes
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.themes import draw_theme
from voice.web.session import current_session, now, signed_in_officer

SWAPPED = "Somebody else swapped that quote meanwhile. These are the quotes now"


@blueprint.post("/themes/<uuid:theme_id>/quotes/swap")
@open_to(*EDITOR_ROLES)
def swap_quote(theme_id: UUID) -> ResponseReturnValue:
    """Quote somebody else instead."""
    session, officer = current_session(), signed_in_officer()
    theme, consultation = themes.get_theme(session, officer, theme_id)
    if not PressForm().validate_on_submit():
        return draw_theme(theme_id, errors=[("", EXPIRED)], status=422)
    view = theme_views.get_view(session, consultation, theme)
    shown = view.quoted if view else ()
    try:
        quotes.swap(session, theme, _pressed(), officer, shown=shown, now=now())
    except ChangedMeanwhileError:
        return draw_theme(theme_id, errors=[("", SWAPPED)], status=409)
    return redirect(url_for(".show_theme", theme_id=theme_id, notice="swapped"), code=303)


@blueprint.post("/themes/<uuid:theme_id>/quotes/back")
@open_to(*EDITOR_ROLES)
def bring_quotes_back(theme_id: UUID) -> ResponseReturnValue:
    """Quote those again who were quoted at first."""
    session, officer = current_session(), signed_in_officer()
    theme, _ = themes.get_theme(session, officer, theme_id)
    if not PressForm().validate_on_submit():
        return draw_theme(theme_id, errors=[("", EXPIRED)], status=422)
    quotes.bring_back(session, theme, officer, now=now())
    return redirect(url_for(".show_theme", theme_id=theme_id, notice="quotes-back"), code=303)


def _pressed() -> UUID:
    """Return whose quote is to be swapped.

    Raises:
        ChangedMeanwhileError: if the form names nobody.
    """
    try:
        return UUID(request.form.get("response", ""))
    except ValueError as error:
        raise ChangedMeanwhileError("quote") from error
