"""Write down what was said outside the survey: record it, read it again, mend it, delete it."""

from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.errors import ChangedMeanwhileError, NotFoundError
from voice.models import Consultation, Gathering
from voice.services import gathered_themes, gatherings, themes
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.officers.gathering_form import (
    KIND_OPTIONS,
    NOTED,
    Errors,
    GatheringForm,
    Typed,
    empty_page,
    errors_for,
    page_of,
    read_page,
)
from voice.web.session import current_session, keeps, now, signed_in_officer

CHANGED = (
    "Somebody else changed this while you had it open. What you typed is below and not saved. "
    "Open it again in another tab to see their version, then press Save to keep yours instead"
)


@blueprint.get("/consultations/<slug>/heard")
@open_to(*EDITOR_ROLES)
def list_gatherings(slug: str) -> ResponseReturnValue:
    """List what was written down, the latest first."""
    consultation = get_consultation(slug)
    listed = gatherings.list_gatherings(current_session(), consultation)
    return render_template(
        "officers/gatherings.html",
        consultation=consultation,
        listed=[
            (each, gathered_themes.label_of(each), gathered_themes.where_of(each))
            for each in listed
        ],
        demonstration=consultation.demonstration or None,
    )


@blueprint.route("/consultations/<slug>/heard/new", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
def record_gathering(slug: str) -> ResponseReturnValue:
    """Write a gathering down once; what cannot be kept comes back as it was typed."""
    consultation = get_consultation(slug)
    officer = signed_in_officer()
    form = GatheringForm()
    if request.method == "GET":
        return _draw(consultation, empty_page(officer, now=now()), form)
    typed, record = read_page(themes.free_text_questions(consultation), request.form)
    if not form.validate_on_submit():
        return _draw(consultation, typed, form, errors={"": EXPIRED} | typed.errors)
    if record is None:
        return _draw(consultation, typed, form, errors=typed.errors)
    try:
        kept = gatherings.record_gathering(
            current_session(), consultation, officer, record, press_key=form.press_key, now=now()
        )
    except gatherings.GatheringRefusedError as refused:
        return _draw(consultation, typed, form, errors=errors_for(refused.faults))
    return _go_back(slug, kept, "recorded")


@blueprint.route("/consultations/<slug>/heard/<uuid:gathering_id>", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
@keeps
def change_gathering(slug: str, gathering_id: UUID) -> ResponseReturnValue:
    """Show what was written down, and mend it; nobody's newer version is overwritten unseen."""
    session, consultation = current_session(), get_consultation(slug)
    gathering = gatherings.get_gathering(session, consultation, gathering_id)
    if request.method == "GET":
        gatherings.note_read(session, gathering, signed_in_officer(), now=now())
        form = GatheringForm(edition=gathering.edition)
        return _draw(consultation, page_of(gathering), form, gathering=gathering)
    form = GatheringForm()
    typed, record = read_page(themes.free_text_questions(consultation), request.form)
    wrong = {} if form.validate_on_submit() else {"": EXPIRED}
    if wrong or record is None:
        return _draw(consultation, typed, form, gathering=gathering, errors=wrong | typed.errors)
    try:
        kept = gatherings.change_gathering(
            session,
            gathering,
            signed_in_officer(),
            record,
            edition=form.edition.data or 0,
            now=now(),
        )
    except gatherings.GatheringRefusedError as refused:
        wrong = errors_for(refused.faults)
        return _draw(consultation, typed, form, gathering=gathering, errors=wrong)
    except ChangedMeanwhileError:
        fresh = GatheringForm(formdata=None, edition=gathering.edition)
        return _draw(consultation, typed, fresh, gathering=gathering, errors={"": CHANGED})
    return _go_back(slug, kept, "changed")


@blueprint.route("/consultations/<slug>/heard/<uuid:gathering_id>/delete", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
def delete_gathering(slug: str, gathering_id: UUID) -> ResponseReturnValue:
    """Ask whether it is to be deleted, and then delete it; pressing twice deletes once."""
    consultation = get_consultation(slug)
    form = GatheringForm()
    deleted = redirect(url_for(".list_gatherings", slug=slug, notice="deleted"), code=303)
    try:
        gathering = gatherings.get_gathering(current_session(), consultation, gathering_id)
    except NotFoundError:
        if form.is_submitted():
            return deleted
        raise
    if form.validate_on_submit():
        gatherings.delete_gathering(current_session(), gathering, signed_in_officer(), now=now())
        return deleted
    page = render_template(
        "officers/gathering_delete.html",
        consultation=consultation,
        gathering=gathering,
        label=gathered_themes.label_of(gathering),
        where=gathered_themes.where_of(gathering),
        form=form,
        errors=[("", EXPIRED)] if form.is_submitted() else [],
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if form.is_submitted() else 200)


def _go_back(slug: str, kept: gatherings.Kept, notice: str) -> ResponseReturnValue:
    said = "concern" if kept.has_concern else notice
    return redirect(url_for(".list_gatherings", slug=slug, notice=said), code=303)


def _draw(
    consultation: Consultation,
    typed: Typed,
    form: GatheringForm,
    *,
    gathering: Gathering | None = None,
    errors: Errors | None = None,
) -> ResponseReturnValue:
    wrong = errors or {}
    questions = themes.free_text_questions(consultation)
    if "points" in wrong:
        first = f"{NOTED}-{questions[0].code}" if questions else gatherings.NOTES
        wrong = {first if name == "points" else name: words for name, words in wrong.items()}
    page = render_template(
        "officers/gathering.html",
        consultation=consultation,
        gathering=gathering,
        typed=typed,
        form=form,
        questions=questions,
        kinds=KIND_OPTIONS,
        wrong=wrong,
        errors=list(wrong.items()),
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if wrong else 200)
