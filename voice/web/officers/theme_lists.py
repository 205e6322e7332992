"""The whole list of a question's themes: sign it off, read what was changed, take changes back."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.errors import ChangedMeanwhileError
from voice.services import theme_lists, theme_log, theme_views, themes
from voice.services.theme_undo import UndoRefusedError, redo, undo
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.attachments import MEDIA_TYPES, attach, note_taken
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.officers.themes import draw_list
from voice.web.session import current_session, keeps, now, signed_in_officer

LIST_CHANGED = (
    "Somebody else changed a theme while you had this page open. Nothing was signed off. What you "
    "see now is the list as it stands: check it, and press the button again"
)
_REFUSALS = {
    ("undone", "changed"): "Somebody else made or undid a change while you had this page open. "
    "Nothing was undone. What you see now is the newest change",
    ("undone", "nothing"): "There is no change to undo",
    ("undone", "gone"): "This change cannot be undone: the themes that it was about were found "
    "anew since",
    ("redone", "changed"): "Somebody else made or undid a change while you had this page open. "
    "Nothing was made again. What you see now is how the list stands",
    ("redone", "nothing"): "There is no change to make again: something was changed since",
    ("redone", "gone"): "This change cannot be made again: the themes that it was about were "
    "found anew since",
}


@blueprint.post("/consultations/<slug>/questions/<code>/themes/undo")
@open_to(*EDITOR_ROLES)
def undo_theme_change(slug: str, code: str) -> ResponseReturnValue:
    """Take the newest change of this question's themes back."""
    return _go_through(slug, code, "undone")


@blueprint.post("/consultations/<slug>/questions/<code>/themes/redo")
@open_to(*EDITOR_ROLES)
def redo_theme_change(slug: str, code: str) -> ResponseReturnValue:
    """Make the change of this question's themes again that was undone last."""
    return _go_through(slug, code, "redone")


def _go_through(slug: str, code: str, done: str) -> ResponseReturnValue:
    consultation = get_consultation(slug)
    themes.get_question(consultation, code)
    if not PressForm().validate_on_submit():
        return draw_list(consultation, code, error=EXPIRED, status=422)
    seen = request.form.get("change", 0, type=int)
    session, officer = current_session(), signed_in_officer()
    try:
        turn = undo if done == "undone" else redo
        turn(session, consultation, code, officer, seen=seen, now=now())
    except ChangedMeanwhileError:
        return draw_list(consultation, code, error=_REFUSALS[done, "changed"], status=409)
    except UndoRefusedError as refused:
        return draw_list(consultation, code, error=_REFUSALS[done, str(refused)], status=409)
    return redirect(url_for(".list_themes", slug=slug, code=code, notice=done), code=303)


@blueprint.get("/consultations/<slug>/questions/<code>/themes/changes")
@open_to(*TEAM_ROLES)
def list_theme_changes(slug: str, code: str) -> ResponseReturnValue:
    """Show every change of this question's themes, and every version that was signed off."""
    session, consultation = current_session(), get_consultation(slug)
    return render_template(
        "officers/theme_log.html",
        consultation=consultation,
        question=themes.get_question(consultation, code),
        changes=theme_log.list_changes(session, consultation, code),
        versions=theme_lists.list_versions(session, consultation, code),
        demonstration=consultation.demonstration or None,
    )


@blueprint.get("/consultations/<slug>/questions/<code>/themes/changes.csv")
@open_to(*TEAM_ROLES)
@keeps
def download_theme_changes(slug: str, code: str) -> ResponseReturnValue:
    """Give every change as a file for a spreadsheet."""
    consultation = get_consultation(slug)
    themes.get_question(consultation, code)
    written = theme_log.changes_file(current_session(), consultation, code)
    name = f"theme-changes-{slug}-{code}.csv"
    note_taken(consultation, "theme changes")
    return attach(written, name, media_type=MEDIA_TYPES["csv"])


@blueprint.route("/consultations/<slug>/questions/<code>/themes/sign-off", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
def sign_off_themes(slug: str, code: str) -> ResponseReturnValue:
    """Show the whole list as it would be counted, and sign it off."""
    consultation = get_consultation(slug)
    if request.method == "GET":
        return _draw_sign_off(slug, code)
    themes.get_question(consultation, code)
    if not PressForm().validate_on_submit():
        return _draw_sign_off(slug, code, error=EXPIRED)
    seen, officer = request.form.get("seen", ""), signed_in_officer()
    try:
        theme_lists.sign_off_list(
            current_session(), consultation, code, officer, seen=seen, now=now()
        )
    except ChangedMeanwhileError:
        return _draw_sign_off(slug, code, error=LIST_CHANGED, status=409)
    except themes.ThemeRefusedError:
        return _draw_sign_off(slug, code, error="There is no theme to sign off")
    return redirect(url_for(".list_themes", slug=slug, code=code, notice="signed-off"), code=303)


def _draw_sign_off(
    slug: str, code: str, *, error: str | None = None, status: int = 422
) -> ResponseReturnValue:
    session, consultation = current_session(), get_consultation(slug)
    page = render_template(
        "officers/theme_sign_off.html",
        consultation=consultation,
        found=theme_views.read_themes(session, consultation, code),
        seen=theme_lists.mark_of(themes.themes_of(session, consultation, code)),
        form=PressForm(formdata=None),
        errors=[("", error)] if error else [],
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, status if error else 200)
