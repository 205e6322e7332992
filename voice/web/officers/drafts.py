"""The author's desk: the team's drafts, and the ways to begin one."""

from collections.abc import Callable
from uuid import UUID

from flask import Response as Reply
from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveys.definition import (
    MAX_DEFINITION_BYTES,
    DefinitionError,
    library_codes,
    read_from_library,
    read_yaml,
)
from surveys.drafting.sketch import Sketch, blank_sketch, sketch_of
from surveys.engine import Survey
from surveys.writing import as_definition
from voice.services import drafts, teams
from voice.services.consultations import current_survey
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.session import current_session, now, signed_in_officer

Errors = list[tuple[str, str]]


class NotBegunError(ValueError):
    """No draft can be begun like this: `field` is to be mended, and the message says how."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@blueprint.get("/drafts")
@open_to(*EDITOR_ROLES)
def list_drafts() -> ResponseReturnValue:
    """Show what is being written, and how to begin."""
    return _draw()


@blueprint.post("/drafts")
@open_to(*EDITOR_ROLES)
def begin_draft() -> ResponseReturnValue:
    """Begin a draft in one of four ways."""
    if not PressForm().validate_on_submit():
        return _draw(errors=[("", EXPIRED)])
    ways: dict[str, Callable[[], Sketch]] = {
        "blank": _blank,
        "library": _from_library,
        "copy": _copy,
        "file": _from_file,
    }
    try:
        sketch = ways.get(request.form.get("how", ""), _blank)()
    except NotBegunError as error:
        return _draw(errors=[(error.field, line) for line in str(error).splitlines()])
    draft = drafts.start_draft(current_session(), sketch, signed_in_officer(), now=now())
    return redirect(url_for(".show_draft", draft_id=draft.id), code=303)


@blueprint.post("/drafts/<uuid:draft_id>/away")
@open_to(*EDITOR_ROLES)
def put_draft_away(draft_id: UUID) -> ResponseReturnValue:
    """Take a draft off the desk, or put it back."""
    officer = signed_in_officer()
    draft = drafts.get_draft(current_session(), officer, draft_id)
    if not PressForm().validate_on_submit():
        return _draw(errors=[("", EXPIRED)])
    if request.form.get("back"):
        drafts.take_up(current_session(), draft, officer, now=now())
    else:
        drafts.put_away(current_session(), draft, officer, now=now())
    notice = "back" if draft.put_away_at is None else "away"
    return redirect(url_for(".list_drafts", notice=notice), code=303)


def _blank() -> Sketch:
    title = request.form.get("title", "").strip()
    if not title:
        raise NotBegunError("title", "Write a title; you can change it later")
    return blank_sketch(title)


def _from_library() -> Sketch:
    try:
        return _sketch_of_survey(read_from_library(request.form.get("library", "")))
    except DefinitionError as error:
        raise NotBegunError("library", "Choose a survey to begin from") from error


def _copy() -> Sketch:
    slug = request.form.get("copy", "")
    if not slug:
        raise NotBegunError("copy", "Choose a consultation whose survey to copy")
    found = teams.get_consultation(current_session(), signed_in_officer(), slug)
    return _sketch_of_survey(current_survey(found))


def _sketch_of_survey(survey: Survey) -> Sketch:
    return sketch_of(as_definition(survey))


def _from_file() -> Sketch:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise NotBegunError("file", "Choose a survey file (.yaml)")
    raw = sent.stream.read(MAX_DEFINITION_BYTES + 1)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotBegunError("file", "This file is not UTF-8; save it as UTF-8") from error
    try:
        return sketch_of(read_yaml(text, name="This file"))
    except DefinitionError as error:
        raise NotBegunError("file", str(error)) from error


def _draw(*, errors: Errors | None = None) -> Reply:
    session, officer = current_session(), signed_in_officer()
    listed = drafts.list_drafts(session, officer)
    page = render_template(
        "officers/drafts.html",
        writing=[each for each in listed if not (each.put_away_at or each.published_at)],
        published=[each for each in listed if each.published_at],
        away=[each for each in listed if each.put_away_at and not each.published_at],
        library=[(code, read_from_library(code).title) for code in library_codes()],
        copies=_copies(),
        how=request.form.get("how", "") or request.args.get("how", ""),
        chosen=request.args.get("copy", ""),
        typed_title=request.form.get("title", ""),
        form=PressForm(formdata=None),
        errors=errors or [],
        wrong=dict(errors or []),
    )
    return make_response(page, 422 if errors else 200)


def _copies() -> list[tuple[str, str]]:
    listed = teams.list_consultations(current_session(), signed_in_officer())
    return [(each.slug, f"{each.title} ({each.slug})") for each in listed]
