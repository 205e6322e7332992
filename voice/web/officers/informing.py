"""Tell people more while they are being asked: a new version of the information, or a notice."""

from uuid import UUID

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField

from voice.errors import PlanRefusedError, StageRefusedError
from voice.models import Consultation
from voice.services import information
from voice.services.information import Information, Interim
from voice.web.access import PUBLISHER_ROLES, open_to
from voice.web.forms import (
    BARE_PERCENTAGE,
    EXPIRED,
    MAY_BE_PUBLIC,
    UNRATED_PERCENTAGE,
    PressForm,
)
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, signed_in_officer

REFUSALS = {
    "title missing": "Give it a title",
    "title long": f"Shorten the title to {information.MAX_TITLE_CHARS} characters",
    "words missing": "Write what people should know",
    "words long": f"Write up to {information.MAX_INFORMATION_CHARS:,} characters",
    "documents wrong": "Write each document on a line of its own: its name, a space, and its web "
    "address, which begins with https://",
    "documents many": f"Link to up to {information.MAX_DOCUMENTS} documents",
    "you_said missing": "Write what people said so far",
    "you_said long": f"Write up to {information.MAX_NOTICE_CHARS:,} characters",
    "you_said quote": "Six or more of these words in a row are somebody’s own, and nobody has "
    "agreed to be quoted. Say it in your words",
    "you_said bare": BARE_PERCENTAGE,
    "we_are bare": BARE_PERCENTAGE,
    "you_said unrated": UNRATED_PERCENTAGE,
    "we_are unrated": UNRATED_PERCENTAGE,
    "may_name missing": MAY_BE_PUBLIC,
    "we_are missing": "Write what you do about it",
    "we_are long": f"Write up to {information.MAX_NOTICE_CHARS:,} characters",
}
_STAGES = {
    "closed": "It has closed, so nobody would read this before answering",
    "archived": "This is in the archive, so nothing can change",
    "draft": "It has not opened, so nobody has said anything yet",
}


class InformationForm(PressForm):
    """A new version of the information."""

    title = StringField()
    words = TextAreaField()
    documents = TextAreaField()


class NoticeForm(PressForm):
    """What was heard so far, and what the council does about it."""

    you_said = TextAreaField()
    we_are = TextAreaField()
    seen = StringField()  # the mark of the words that were shown as people will read them
    may_name = StringField()
    change = StringField()


@blueprint.get("/consultations/<slug>/information")
@open_to(*PUBLISHER_ROLES)
def inform(slug: str) -> ResponseReturnValue:
    """Show what was published so far, with a form for more."""
    return _draw(get_consultation(slug))


@blueprint.post("/consultations/<slug>/information")
@open_to(*PUBLISHER_ROLES)
def publish_information(slug: str) -> ResponseReturnValue:
    """Publish a new version of the information."""
    consultation, form = get_consultation(slug), InformationForm()
    if not form.validate_on_submit():
        return _draw(consultation, informing=form, wrong={"": EXPIRED})
    words, documents = form.words.data or "", form.documents.data or ""
    written = Information(form.title.data or "", words, documents, form.press_key)
    officer = signed_in_officer()
    try:
        information.publish_information(
            current_session(), consultation, officer, written, now=now()
        )
    except (PlanRefusedError, StageRefusedError) as refused:
        return _draw(consultation, informing=form, wrong=_in_words(str(refused)))
    return redirect(url_for(".inform", slug=slug, notice="information"), code=303)


@blueprint.post("/consultations/<slug>/notices")
@open_to(*PUBLISHER_ROLES)
def publish_notice(slug: str) -> ResponseReturnValue:
    """Publish "You said, we're listening", once an officer has seen what people would read."""
    consultation, form = get_consultation(slug), NoticeForm()
    if not form.validate_on_submit():
        return _draw(consultation, noticing=form, wrong={"": EXPIRED})
    if form.change.data:
        return _draw(consultation, noticing=form)
    try:
        return _show_or_publish(consultation, form)
    except (PlanRefusedError, StageRefusedError) as refused:
        return _draw(consultation, noticing=form, wrong=_in_words(str(refused)))


def _show_or_publish(consultation: Consultation, form: NoticeForm) -> ResponseReturnValue:
    session, officer = current_session(), signed_in_officer()
    words = (form.you_said.data or "", form.we_are.data or "")
    said = Interim(*words, form.press_key, may_name=bool(form.may_name.data))
    if form.seen.data != said.mark:
        information.check_notice(session, consultation, said, now=now())
        return _draw_notice(consultation, form, said)
    if said.personal and not said.may_name:
        return _draw_notice(consultation, form, said, errors=[("may_name", MAY_BE_PUBLIC)])
    information.publish_notice(session, consultation, officer, said, now=now())
    return redirect(url_for(".inform", slug=consultation.slug, notice="notice"), code=303)


def _draw_notice(
    consultation: Consultation,
    form: NoticeForm,
    said: Interim,
    *,
    errors: list[tuple[str, str]] | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "officers/publish_notice.html",
        consultation=consultation,
        form=form,
        said=said,
        errors=errors or [],
    )
    return make_response(page, 422 if errors else 200)


@blueprint.post("/consultations/<slug>/notices/<uuid:notice_id>/withdraw")
@open_to(*PUBLISHER_ROLES)
def withdraw_notice(slug: str, notice_id: UUID) -> ResponseReturnValue:
    """Take a notice back from the public pages."""
    consultation = get_consultation(slug)
    if not PressForm().validate_on_submit():
        return _draw(consultation, wrong={"": EXPIRED})
    officer = signed_in_officer()
    information.withdraw_notice(current_session(), consultation, officer, notice_id, now=now())
    return redirect(url_for(".inform", slug=slug, notice="withdrawn"), code=303)


def _in_words(refusal: str) -> dict[str, str]:
    if refusal in _STAGES:
        return {"": _STAGES[refusal]}
    return {refusal.partition(" ")[0]: REFUSALS[refusal]}


def _draw(
    consultation: Consultation,
    *,
    informing: InformationForm | None = None,
    noticing: NoticeForm | None = None,
    wrong: dict[str, str] | None = None,
) -> ResponseReturnValue:
    session, wrong = current_session(), wrong or {}
    page = render_template(
        "officers/informing.html",
        consultation=consultation,
        versions=information.list_versions(session, consultation),
        documents_in=information.documents_in,
        notices=information.list_notices(session, consultation),
        informing=informing or InformationForm(formdata=None),
        noticing=noticing or NoticeForm(formdata=None),
        limits=(information.MAX_INFORMATION_CHARS, information.MAX_NOTICE_CHARS),
        wrong=wrong,
        errors=list(wrong.items()),
        is_closed=consultation.closes_at < now(),
        is_begun=consultation.has_begun(now()),
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if wrong else 200)
