"""The languages of a draft: a workbook out for a translator, and back in with errors by row."""

from io import BytesIO
from uuid import UUID

from flask import make_response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from surveys.drafting.translated import with_translation
from surveys.engine import Survey
from surveys.translating import SheetError
from voice.errors import ChangedMeanwhileError, NotFoundError
from voice.models import Draft
from voice.services import drafts, translators
from voice.services.workbooks import MAX_FILE_BYTES, WorkbookError
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.draft_found import CHANGED, change, get_draft

MAX_FORM_BYTES = MAX_FILE_BYTES + 100_000  # the workbook and what the form says around it
MOST_FAULTS = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Errors = list[tuple[str, str]]


@blueprint.get("/drafts/<uuid:draft_id>/languages")
@open_to(*EDITOR_ROLES)
def draft_languages(draft_id: UUID) -> ResponseReturnValue:
    """Show which languages there are, and how much of each is translated."""
    return _draw(get_draft(draft_id))


@blueprint.get("/drafts/<uuid:draft_id>/languages/workbook")
@open_to(*EDITOR_ROLES)
def download_workbook(draft_id: UUID) -> ResponseReturnValue:
    """Give the workbook for one language, with what is translated already."""
    draft, language = get_draft(draft_id), request.args.get("to", "")
    survey = _survey_of(draft)
    if survey is None or language not in dict(translators.languages_for(survey)):
        raise NotFoundError("language")
    return send_file(
        BytesIO(translators.workbook_for(survey, language)),
        mimetype=XLSX,
        as_attachment=True,
        download_name=f"{survey.code}.{language}.xlsx",
    )


@blueprint.post("/drafts/<uuid:draft_id>/languages")
@open_to(*EDITOR_ROLES)
def upload_workbook(draft_id: UUID) -> ResponseReturnValue:
    """Take in a workbook that a translator filled in: all of it, or nothing."""
    request.max_content_length = MAX_FORM_BYTES
    draft = get_draft(draft_id)
    survey, language = _survey_of(draft), request.form.get("language", "")
    if not PressForm().validate_on_submit():
        return _draw(draft, errors=[("", EXPIRED)])
    if survey is None or language not in dict(translators.languages_for(survey)):
        return _draw(draft, errors=[("language", "Choose the language of the workbook")])
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _draw(draft, errors=[("file", "Choose the workbook that came back (.xlsx)")])
    with sent.stream:
        raw = sent.stream.read()
    try:
        translation = translators.read_workbook_for(
            survey, language, raw, by=request.form.get("by", "")
        )
        change(draft, lambda sketch: with_translation(sketch, translation))
    except (SheetError, WorkbookError) as refused:
        return _draw(draft, errors=[("file", line) for line in _in_words(refused)])
    except ChangedMeanwhileError:
        return _draw(draft, errors=[("", CHANGED)])
    return redirect(url_for(".draft_languages", draft_id=draft_id, notice="saved"), code=303)


def _in_words(refused: SheetError | WorkbookError) -> list[str]:
    """Return a line for each fault; what is wrong with the file as a whole needs a subject."""
    lines = str(refused).splitlines()
    return lines if isinstance(refused, SheetError) else [f"the workbook {line}" for line in lines]


def _survey_of(draft: Draft) -> Survey | None:
    return drafts.check_draft(draft).reading.survey


def _draw(draft: Draft, *, errors: Errors | None = None) -> ResponseReturnValue:
    wrong, survey = errors or [], _survey_of(draft)
    page = render_template(
        "officers/draft_languages.html",
        draft=draft,
        languages=translators.languages_for(survey) if survey is not None else [],
        there=translators.progress(survey) if survey is not None else [],
        typed=request.form,
        form=PressForm(formdata=None),
        errors=[(field, line[:1].upper() + line[1:]) for field, line in wrong[:MOST_FAULTS]],
        left_unsaid=max(len(wrong) - MOST_FAULTS, 0),
        wrong={field: line for field, line in reversed(wrong)},
    )
    return make_response(page, 422 if wrong else 200)
