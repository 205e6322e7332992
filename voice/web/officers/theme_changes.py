"""What an officer does with a theme: rename, describe, merge, hide and check."""

from collections.abc import Callable
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from voice.errors import ChangedMeanwhileError
from voice.models import Theme
from voice.services import themes
from voice.services.theme_keeping import Edit
from voice.services.themes import ThemeRefusedError
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED
from voice.web.officers.blueprint import blueprint
from voice.web.officers.theme_forms import (
    CHANGED,
    DescribeForm,
    MergeForm,
    RenameForm,
    ThemeForm,
    theme_errors,
)
from voice.web.officers.themes import draw_theme
from voice.web.session import current_session, now, signed_in_officer

Change = Callable[[Edit], Theme]


@blueprint.post("/themes/<uuid:theme_id>/rename")
@open_to(*EDITOR_ROLES)
def rename_theme(theme_id: UUID) -> ResponseReturnValue:
    """Call the theme by another name."""
    form = RenameForm()

    def rename(edit: Edit) -> Theme:
        return themes.rename(current_session(), theme_id, form.label.data or "", edit=edit)

    return _change(theme_id, form, rename, "renamed")


@blueprint.post("/themes/<uuid:theme_id>/merge")
@open_to(*EDITOR_ROLES)
def merge_theme(theme_id: UUID) -> ResponseReturnValue:
    """Count the theme under another one."""
    form = MergeForm()

    def merge(edit: Edit) -> Theme:
        return themes.merge(current_session(), theme_id, _read_id(form.into.data), edit=edit)

    return _change(theme_id, form, merge, "merged")


@blueprint.post("/themes/<uuid:theme_id>/unmerge")
@open_to(*EDITOR_ROLES)
def unmerge_theme(theme_id: UUID) -> ResponseReturnValue:
    """Let the theme stand alone again."""

    def unmerge(edit: Edit) -> Theme:
        return themes.unmerge(current_session(), theme_id, edit=edit)

    return _change(theme_id, ThemeForm(), unmerge, "unmerged")


@blueprint.post("/themes/<uuid:theme_id>/hide")
@open_to(*EDITOR_ROLES)
def hide_theme(theme_id: UUID) -> ResponseReturnValue:
    """Leave the theme out of every report."""

    def hide(edit: Edit) -> Theme:
        return themes.hide(current_session(), theme_id, edit=edit)

    return _change(theme_id, ThemeForm(), hide, "hidden")


@blueprint.post("/themes/<uuid:theme_id>/back")
@open_to(*EDITOR_ROLES)
def bring_theme_back(theme_id: UUID) -> ResponseReturnValue:
    """Bring a hidden theme back, or take a sign-off back."""

    def bring_back(edit: Edit) -> Theme:
        return themes.show_again(current_session(), theme_id, edit=edit)

    return _change(theme_id, ThemeForm(), bring_back, "back")


@blueprint.post("/themes/<uuid:theme_id>/check")
@open_to(*EDITOR_ROLES)
def check_theme(theme_id: UUID) -> ResponseReturnValue:
    """Say that the theme is right, on the way to signing the list off."""

    def check(edit: Edit) -> Theme:
        return themes.check(current_session(), theme_id, edit=edit)

    return _change(theme_id, ThemeForm(), check, "checked")


@blueprint.post("/themes/<uuid:theme_id>/describe")
@open_to(*EDITOR_ROLES)
def describe_theme(theme_id: UUID) -> ResponseReturnValue:
    """Say when the theme holds, and by which words."""
    form = DescribeForm()

    def describe(edit: Edit) -> Theme:
        note, keywords = form.note.data or "", form.keyword_lines
        return themes.describe(current_session(), theme_id, note, keywords, edit=edit)

    return _change(theme_id, form, describe, "described")


def _change(theme_id: UUID, form: ThemeForm, change: Change, notice: str) -> ResponseReturnValue:
    """Change the theme, or show it again with what stood in the way and what was typed."""
    if not form.validate_on_submit() or form.edition.data is None:
        return draw_theme(theme_id, errors=[("", EXPIRED)], typed=form, status=422)
    try:
        theme = change(Edit(signed_in_officer(), form.edition.data, now()))
    except ChangedMeanwhileError:
        return draw_theme(theme_id, errors=[("", CHANGED)], typed=form, status=409)
    except ThemeRefusedError as refused:
        return draw_theme(theme_id, errors=theme_errors(str(refused)), typed=form, status=422)
    shown = theme.merged_into_id or theme.id
    return redirect(url_for(".show_theme", theme_id=shown, notice=notice), code=303)


def _read_id(raw: str | None) -> UUID:
    """Return the id that a form holds.

    Raises:
        ThemeRefusedError: if it holds none.
    """
    try:
        return UUID(raw or "")
    except ValueError as error:
        raise ThemeRefusedError("into") from error
