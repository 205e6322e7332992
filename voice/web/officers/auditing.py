"""Auditing: a random sample that officers code without seeing the machine, and what it says."""

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from voice.errors import NotFoundError
from voice.models import AuditSample, CodePurpose
from voice.services import audits, checking, codes, theme_views, themes
from voice.services.codes import Place
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.coding_form import CodingForm, read_ticked, ticked
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, signed_in_officer

_AT = "/consultations/<slug>/questions/<code>/audit"
_REFUSED = {
    "size": (
        "size",
        f"Write a number from {audits.FEWEST_DRAWN} to {audits.MOST_AUDITED}",
    ),
    "nothing": ("", "There is no answer to draw: nobody wrote something that is not coded yet"),
}


class DrawForm(PressForm):
    """How many answers are drawn."""

    size = StringField()


@blueprint.get(_AT)
@open_to(*TEAM_ROLES)
def show_audit(slug: str, code: str) -> ResponseReturnValue:
    """Show what the audit says, and who has coded how much of it."""
    return _draw_start(slug, code)


@blueprint.post(_AT)
@open_to(*EDITOR_ROLES)
def draw_sample(slug: str, code: str) -> ResponseReturnValue:
    """Draw a random sample, in place of the one before."""
    form, consultation = DrawForm(), get_consultation(slug)
    if not form.validate_on_submit():
        return _draw_start(slug, code, error=("", EXPIRED))
    raw = (form.size.data or "").strip()
    size = int(raw) if raw.isdecimal() else 0
    officer = signed_in_officer()
    try:
        audits.draw(current_session(), officer, consultation, code, size=size, now=now())
    except audits.AuditRefusedError as refused:
        return _draw_start(slug, code, error=_REFUSED[str(refused)], typed=raw)
    return redirect(url_for(".show_audit", slug=slug, code=code, notice="drawn"), code=303)


@blueprint.get(f"{_AT}/<int:place>")
@open_to(*EDITOR_ROLES)
def audit_answer(slug: str, code: str, place: int) -> ResponseReturnValue:
    """Show one answer of the sample with nothing ticked but what this officer gave it."""
    return _draw(slug, code, place)


@blueprint.post(f"{_AT}/<int:place>")
@open_to(*EDITOR_ROLES)
def save_audit(slug: str, code: str, place: int) -> ResponseReturnValue:
    """Keep what the officer says of the answer, and go on; or take it back."""
    session, consultation, form = current_session(), get_consultation(slug), CodingForm()
    if not form.validate_on_submit():
        return _draw(slug, code, place, error=EXPIRED, status=422)
    sample, officer = _sample(slug, code), signed_in_officer()
    slip = checking.audit_slip(session, officer, consultation, code, sample=sample, place=place)
    if changed := form.changed_meanwhile(slip):
        return _draw(slug, code, place, error=changed, status=409)
    if form.take_back.data and slip.code_id is not None:
        codes.take_back(session, officer, slip.code_id, now=now())
        back = url_for(".audit_answer", slug=slug, code=code, place=place, notice="taken-back")
        return redirect(back, code=303)
    given, wrong = read_ticked(slip)
    if wrong:
        return _draw(slug, code, place, error=wrong, status=422)
    of = Place(consultation, code, slip.response_id)
    codes.give(session, officer, of, given, purpose=CodePurpose.AUDIT, now=now())
    queue = checking.audit_queue(session, officer, consultation, code, sample=sample)
    after = queue.next_after(place)
    if after is None:
        return redirect(url_for(".show_audit", slug=slug, code=code, notice="coded"), code=303)
    return redirect(url_for(".audit_answer", slug=slug, code=code, place=after), code=303)


def _sample(slug: str, code: str) -> AuditSample:
    """Return the latest sample.

    Raises:
        NotFoundError: if none was drawn.
    """
    sample = audits.find_sample(current_session(), get_consultation(slug), code)
    if sample is None:
        raise NotFoundError("audit")
    return sample


def _draw_start(
    slug: str, code: str, *, error: tuple[str, str] | None = None, typed: str = ""
) -> ResponseReturnValue:
    session, consultation = current_session(), get_consultation(slug)
    question = themes.get_question(consultation, code)
    officer, sample = signed_in_officer(), audits.find_sample(session, consultation, code)
    page = render_template(
        "officers/audit.html",
        consultation=consultation,
        code=code,
        question=question.plain_text,
        found=theme_views.read_themes(session, consultation, code),
        sample=sample,
        queue=checking.audit_queue(session, officer, consultation, code, sample=sample)
        if sample is not None
        else None,
        standing=audits.standing(session, consultation, code),
        coders=audits.coders(session, consultation, code),
        is_measuring=checking.is_measuring(session, consultation, code),
        typed=typed or str(audits.MOST_AUDITED),
        form=DrawForm(formdata=None),
        errors=[error] if error else [],
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if error else 200)


def _draw(
    slug: str, code: str, place: int, *, error: str = "", status: int = 200
) -> ResponseReturnValue:
    session, consultation = current_session(), get_consultation(slug)
    sample, officer = _sample(slug, code), signed_in_officer()
    queue = checking.audit_queue(session, officer, consultation, code, sample=sample)
    slip = checking.audit_slip(session, officer, consultation, code, sample=sample, place=place)
    page = render_template(
        "officers/audit_answer.html",
        consultation=consultation,
        code=code,
        question=themes.get_question(consultation, code).plain_text,
        slip=slip,
        before=queue.before(place),
        after=queue.next_after(place),
        form=CodingForm.drawn_of(slip),
        typed=ticked() if error and status == 422 else None,
        errors=[("themes" if status == 422 and error != EXPIRED else "", error)] if error else [],
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, status)
