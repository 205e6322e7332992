"""Sorting comments by hand: add a theme, split one, move comments, read those that fit nowhere."""

from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.errors import ChangedMeanwhileError
from voice.services import theme_comments, theme_moves, theme_views, themes
from voice.services.theme_keeping import Edit
from voice.services.themes import ThemeRefusedError
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation, page_number
from voice.web.officers.theme_forms import AddForm, Errors, MoveForm, theme_errors
from voice.web.officers.themes import draw_theme
from voice.web.session import current_session, keeps, now, signed_in_officer

MOVED_MEANWHILE = (
    "Somebody else moved one of these comments, or changed the theme, while you had this page "
    "open. Nothing was moved. What you see now is how it stands: tick again what you still want"
)


@blueprint.post("/themes/<uuid:theme_id>/comments")
@open_to(*EDITOR_ROLES)
def move_comments(theme_id: UUID) -> ResponseReturnValue:
    """Move the ticked comments of a theme, or make a new theme of them."""
    session, form = current_session(), MoveForm()
    if not form.validate_on_submit() or form.edition.data is None:
        return draw_theme(theme_id, errors=[("", EXPIRED)], typed=form, status=422)
    edit = Edit(signed_in_officer(), form.edition.data, now())
    try:
        if form.make.data:
            label = form.split_label.data or ""
            theme_id = theme_moves.split(session, theme_id, label, form.ticked, edit=edit).id
        else:
            theme, _ = themes.get_theme(session, edit.officer, theme_id)
            stays = bool(form.stays.data)
            theme_moves.move(session, theme, form.ticked, form.targets, edit=edit, stays=stays)
    except ChangedMeanwhileError:
        return draw_theme(theme_id, errors=[("", MOVED_MEANWHILE)], typed=form, status=409)
    except ThemeRefusedError as refused:
        wrong = [(_SPLIT_FIELDS.get(name, name), words) for name, words in _errors(refused)]
        return draw_theme(theme_id, errors=wrong, typed=form, status=422)
    notice = "made" if form.make.data else "moved"
    return redirect(url_for(".show_theme", theme_id=theme_id, notice=notice), code=303)


@blueprint.route("/consultations/<slug>/questions/<code>/themes/none", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
@keeps
def unassigned_comments(slug: str, code: str) -> ResponseReturnValue:
    """Show the comments that raise no theme, noting who read them; put those ticked into themes."""
    session, consultation, form = current_session(), get_consultation(slug), MoveForm()
    themes.get_question(consultation, code)
    if request.method == "GET":
        subject = themes.subject_of(consultation, code)
        theme_comments.note_read(session, signed_in_officer(), subject, now=now())
        return _draw_unassigned(slug, code, form)
    if not form.validate_on_submit():
        return _draw_unassigned(slug, code, form, errors=[("", EXPIRED)])
    edit = Edit(signed_in_officer(), 0, now())
    try:
        theme_moves.move(session, (consultation, code), form.ticked, form.targets, edit=edit)
    except ChangedMeanwhileError:
        return _draw_unassigned(slug, code, form, errors=[("", MOVED_MEANWHILE)], status=409)
    except ThemeRefusedError as refused:
        return _draw_unassigned(slug, code, form, errors=_errors(refused))
    return redirect(url_for(".unassigned_comments", slug=slug, code=code, notice="moved"), 303)


@blueprint.route("/consultations/<slug>/questions/<code>/themes/add", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
def add_theme(slug: str, code: str) -> ResponseReturnValue:
    """Add a theme by hand."""
    consultation, form = get_consultation(slug), AddForm()
    question = themes.get_question(consultation, code)
    errors: Errors = []
    if request.method == "POST" and not form.validate_on_submit():
        errors = [("", EXPIRED)]
    elif request.method == "POST":
        new = theme_moves.NewTheme(form.label.data or "", form.note.data or "", form.keyword_lines)
        edit = Edit(signed_in_officer(), 0, now())
        try:
            theme = theme_moves.add(current_session(), consultation, code, new, edit=edit)
            return redirect(url_for(".show_theme", theme_id=theme.id, notice="added"), code=303)
        except ThemeRefusedError as refused:
            errors = _errors(refused)
    page = render_template(
        "officers/theme_add.html",
        consultation=consultation,
        question=question,
        form=PressForm(formdata=None),
        typed=form,
        errors=errors,
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if errors else 200)


_SPLIT_FIELDS = {"label": "split_label"}


def _errors(refused: ThemeRefusedError) -> Errors:
    return theme_errors(str(refused))


def _draw_unassigned(
    slug: str, code: str, typed: MoveForm, *, errors: Errors | None = None, status: int = 422
) -> ResponseReturnValue:
    session, consultation = current_session(), get_consultation(slug)
    page = render_template(
        "officers/theme_none.html",
        consultation=consultation,
        found=theme_views.read_themes(session, consultation, code),
        comments=theme_comments.read_unassigned(session, consultation, code, number=page_number()),
        form=PressForm(formdata=None),
        moving=typed,
        errors=errors or [],
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, status if errors else 200)
