"""Bring in answers that were collected elsewhere: hand a file in, match it, check it, undo it."""

from collections.abc import Callable
from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.errors import NotFoundError, ReceivedOnRefusedError
from voice.models import Consultation, Import
from voice.services import import_mapping, importing, imports
from voice.spreadsheets import SpreadsheetError
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers import import_form
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, settings, signed_in_officer

MAX_FORM_BYTES = imports.MAX_FILE_BYTES + 100_000  # the file and what the form says around it
MOST_FAULTS = 100
Errors = dict[str, str]


@blueprint.route("/consultations/<slug>/imports", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
def list_imports(slug: str) -> ResponseReturnValue:
    """List the files handed in, and take another one."""
    consultation = get_consultation(slug)
    if request.method == "GET":
        return _draw_list(consultation)
    request.max_content_length = MAX_FORM_BYTES
    if not PressForm().validate_on_submit():
        return _draw_list(consultation, errors={"": import_form.EXPIRED_FILE})
    handed_in = request.files.get("file")
    if handed_in is None or not handed_in.filename:
        return _draw_list(consultation, errors={"file": "Choose a CSV or XLSX file"})
    with handed_in.stream:
        raw = handed_in.stream.read()
    try:
        found = imports.upload(
            current_session(),
            consultation,
            signed_in_officer(),
            imports.HandedIn(handed_in.filename, raw, request.form.get("again") == "yes"),
            now=now(),
        )
    except SpreadsheetError as refused:
        return _draw_list(consultation, errors={"file": import_form.as_sentence(str(refused))})
    except imports.KnownFileError:
        return _draw_list(consultation, errors={"file": import_form.KNOWN}, is_known=True)
    return redirect(url_for(".match_import", slug=slug, import_id=found.id), code=303)


@blueprint.route("/consultations/<slug>/imports/<uuid:import_id>/columns", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
def match_import(slug: str, import_id: UUID) -> ResponseReturnValue:
    """Show what each column stands for, and keep what the officer decides."""
    consultation, found = _get(slug, import_id)
    if found.content is None:
        return redirect(url_for(".check_import", slug=slug, import_id=import_id))
    mapping = imports.mapping_of(found)
    error = ""
    if request.method == "POST":
        mapping = import_form.read_mapping(found, request.form)
        error = "" if PressForm().validate_on_submit() else EXPIRED
    if request.method == "POST" and not error:
        try:
            imports.save_mapping(current_session(), found, mapping)
            return redirect(url_for(".check_import", slug=slug, import_id=import_id), code=303)
        except import_mapping.ColumnsRefusedError as refused:
            error = str(refused)
    page = render_template(
        "officers/import_match.html",
        consultation=consultation,
        found=found,
        form=PressForm(formdata=None),
        errors=[("", error)] if error else [],
        demonstration=consultation.demonstration or None,
        **import_form.draw_mapping(found, mapping),
    )
    return make_response(page, 422 if error else 200)


@blueprint.route("/consultations/<slug>/imports/<uuid:import_id>", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
def check_import(slug: str, import_id: UUID) -> ResponseReturnValue:
    """Show what would come in and all that is wrong; bring it in once the total agrees."""
    consultation, found = _get(slug, import_id)
    if request.method == "GET" or found.content is None:
        return _draw_check(consultation, found)
    agreement, errors = import_form.read_agreement(request.form)
    if not PressForm().validate_on_submit():
        errors = {"": EXPIRED} | errors
    if errors or agreement is None:
        return _draw_check(consultation, found, errors=errors)
    try:
        imports.confirm(current_session(), found, signed_in_officer(), agreement, now=now())
        if found.row_count <= imports.INLINE_ROWS:
            importing.bring_in_now(
                current_session(), found, now=now(), secret=settings().secret_key
            )
    except imports.TotalRefusedError as refused:
        wrong = import_form.TOTAL.format(there=refused, expected=agreement.expected)
        return _draw_check(consultation, found, errors={"expected": wrong})
    except imports.ImportRefusedError as refused:
        return _draw_check(consultation, found, errors=import_form.REFUSALS[str(refused)])
    except ReceivedOnRefusedError as refused:
        current_session().rollback()
        return _draw_check(
            *_get(slug, import_id), errors={"received": import_form.DAYS[str(refused)]}
        )
    return redirect(url_for(".check_import", slug=slug, import_id=import_id), code=303)


@blueprint.post("/consultations/<slug>/imports/<uuid:import_id>/give-up")
@open_to(*EDITOR_ROLES)
def give_up_import(slug: str, import_id: UUID) -> ResponseReturnValue:
    """Forget a file that was not brought in."""
    return _end(slug, import_id, imports.give_up, notice="given-up")


@blueprint.post("/consultations/<slug>/imports/<uuid:import_id>/undo")
@open_to(*EDITOR_ROLES)
def undo_import(slug: str, import_id: UUID) -> ResponseReturnValue:
    """Delete every response that a file brought in."""
    return _end(slug, import_id, imports.undo, notice="undone")


def _end(
    slug: str, import_id: UUID, end: Callable[..., object], *, notice: str
) -> ResponseReturnValue:
    try:
        consultation, found = _get(slug, import_id)
    except NotFoundError:  # pressed twice: the first press has ended it
        get_consultation(slug)
        return redirect(url_for(".list_imports", slug=slug), code=303)
    if not PressForm().validate_on_submit():
        return _draw_check(consultation, found, errors={"": EXPIRED})
    try:
        end(current_session(), found, signed_in_officer(), now=now())
    except imports.ImportRefusedError:
        return redirect(url_for(".check_import", slug=slug, import_id=import_id), code=303)
    return redirect(url_for(".list_imports", slug=slug, notice=notice), code=303)


def _get(slug: str, import_id: UUID) -> tuple[Consultation, Import]:
    consultation = get_consultation(slug)
    return consultation, imports.get_import(current_session(), consultation, import_id)


def _draw_list(
    consultation: Consultation, *, errors: Errors | None = None, is_known: bool = False
) -> ResponseReturnValue:
    wrong = errors or {}
    page = render_template(
        "officers/imports.html",
        consultation=consultation,
        listed=imports.list_imports(current_session(), consultation),
        states=import_form.STATES,
        form=PressForm(formdata=None),
        wrong=wrong,
        errors=list(wrong.items()),
        is_known=is_known,
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if wrong else 200)


def _draw_check(
    consultation: Consultation, found: Import, *, errors: Errors | None = None
) -> ResponseReturnValue:
    wrong = errors or {}
    reading = imports.dry_run(found) if found.content is not None else None
    faults = sorted(reading.faults, key=lambda one: one.row)[:MOST_FAULTS] if reading else []
    page = render_template(
        "officers/import_check.html",
        consultation=consultation,
        found=found,
        reading=reading,
        faults=faults,
        fault_rows=[(one.row, one.column, f"It {one.what}: {one.cure}.") for one in faults],
        unmapped=import_form.left_out(found),
        needs_day=reading is not None and any(row.received_on is None for row in reading.rows),
        state=import_form.STATES[found.status],
        typed=request.form,
        form=PressForm(formdata=None),
        wrong=wrong,
        errors=list(wrong.items()),
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if wrong else 200)
