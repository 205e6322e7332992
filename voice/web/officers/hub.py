"""The hub: search what people said, whatever they were asked in; views that are kept."""

from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.analysis.aliases import Aliases, aliases_with
from voice.models import HubSearch
from voice.services import hub, hub_tables
from voice.services.hub_asking import Asked, Scope
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.attachments import attach_table
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import page_number
from voice.web.officers.hub_form import choices, read_asked
from voice.web.session import current_session, keeps, now, settings, signed_in_officer

NO_NAME = f"Name the view in up to {hub.MAX_NAME_CHARS} characters"
NOT_YOURS = "Only who kept this view can change or delete it"
REFUSALS = {"name": NO_NAME, "theirs": NOT_YOURS}
Errors = list[tuple[str, str]]
_OLD = "old"  # said of a form that was open for too long


@blueprint.get("/hub")
@open_to(*TEAM_ROLES)
def show_hub() -> ResponseReturnValue:
    """Ask what to search for; list the views, and the ways to read across surveys."""
    return _draw_form(Asked())


@blueprint.post("/hub")
@open_to(*EDITOR_ROLES)
def search_hub() -> ResponseReturnValue:
    """Keep what is searched for, so that its words are in no address, and show what is found."""
    form = PressForm()
    asked, errors = read_asked(request.form)
    if not form.validate_on_submit():
        errors = [("words", EXPIRED)]
    if errors:
        return _draw_form(asked, errors)
    kept = hub.keep_search(current_session(), signed_in_officer(), asked, now=now())
    return redirect(url_for(".show_search", search_id=kept.id), code=303)


@blueprint.get("/hub/<uuid:search_id>")
@open_to(*EDITOR_ROLES)
@keeps
def show_search(search_id: UUID) -> ResponseReturnValue:
    """Show what is found; that somebody looked goes into the audit trail."""
    errors = [("name", EXPIRED)] if request.args.get("notice") == _OLD else None
    return _draw_found(_get(search_id), errors)


@blueprint.post("/hub/<uuid:search_id>/keep")
@open_to(*EDITOR_ROLES)
def keep_view(search_id: UUID) -> ResponseReturnValue:
    """Keep a search as a view, under a name."""
    kept = _get(search_id)
    if not PressForm().validate_on_submit():
        return _ask_again(search_id)
    name, shared = request.form.get("name", ""), "shared" in request.form
    try:
        hub.name_search(
            current_session(), signed_in_officer(), kept, name, shared=shared, now=now()
        )
    except hub.ViewRefusedError as refused:
        return _draw_found(kept, [("name", REFUSALS[str(refused)])])
    return redirect(url_for(".show_search", search_id=search_id, notice="kept"), code=303)


@blueprint.post("/hub/<uuid:search_id>/delete")
@open_to(*EDITOR_ROLES)
def delete_view(search_id: UUID) -> ResponseReturnValue:
    """Delete a view. Nothing that people said goes with it."""
    kept = _get(search_id)
    if not PressForm().validate_on_submit():
        return _ask_again(search_id)
    try:
        hub.delete_search(current_session(), signed_in_officer(), kept, now=now())
    except hub.ViewRefusedError as refused:
        return _draw_found(kept, [("name", REFUSALS[str(refused)])])
    return redirect(url_for(".show_hub", notice="deleted"), code=303)


@blueprint.get("/hub/<uuid:search_id>/answers.csv")
@open_to(*EDITOR_ROLES)
@keeps
def download_found(search_id: UUID) -> ResponseReturnValue:
    """Give what is found as a table, with noughts and ones for the themes."""
    kept = _get(search_id)
    table = hub_tables.answers_table(
        current_session(), signed_in_officer(), kept, now=now(), aliases=_aliases()
    )
    return attach_table(table.columns, table.rows, "hub-answers.csv")


@blueprint.get("/hub/<uuid:search_id>/changes.csv")
@open_to(*EDITOR_ROLES)
@keeps
def download_changes(search_id: UUID) -> ResponseReturnValue:
    """Give the log of who changed which theme of these surveys, and when."""
    kept = _get(search_id)
    table = hub_tables.changes_table(current_session(), signed_in_officer(), kept, now=now())
    return attach_table(table.columns, table.rows, "hub-changes.csv")


def _ask_again(search_id: UUID) -> ResponseReturnValue:
    """Draw the page anew: to draw it here would write down a search that a stranger asked for."""
    return redirect(url_for(".show_search", search_id=search_id, notice=_OLD), code=303)


def _aliases() -> Aliases:
    """Return what goes by several names, the council's own among them."""
    return aliases_with(settings().council.aliases)


def _get(search_id: UUID) -> HubSearch:
    return hub.get_search(current_session(), signed_in_officer(), search_id)


def _draw_form(asked: Asked, errors: Errors | None = None) -> ResponseReturnValue:
    session, officer = current_session(), signed_in_officer()
    page = render_template(
        "officers/hub.html",
        asked=asked,
        typed=request.form,
        choices=choices(Scope(session, officer)),
        views=hub.list_views(session, officer),
        form=PressForm(formdata=None),
        errors=errors or [],
        wrong=dict(errors or []),
    )
    return make_response(page, 422 if errors else 200)


def _draw_found(kept: HubSearch, errors: Errors | None = None) -> ResponseReturnValue:
    session, officer = current_session(), signed_in_officer()
    found = hub.search(session, officer, kept, number=page_number(), now=now(), aliases=_aliases())
    asked, scope = Asked.read(kept.asked), Scope(session, officer)
    page = render_template(
        "officers/hub_found.html",
        kept=kept,
        asked=asked,
        said=choices(scope).in_words(asked),
        found=found,
        is_theirs=kept.officer_id == officer.id,
        fewest=hub.FEWEST_PEOPLE,
        form=PressForm(formdata=None),
        errors=errors or [],
        wrong=dict(errors or []),
        demonstration=next(
            (each.demonstration for each in scope.every if each.demonstration), None
        ),
    )
    return make_response(page, 422 if errors else 200)
