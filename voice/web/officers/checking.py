"""Checking: fifty answers, one after the other, from which the machine learns."""

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from voice.models import CodePurpose
from voice.services import checking, codes, themes
from voice.services.codes import Place
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.coding_form import CodingForm, read_ticked, ticked
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, signed_in_officer

_AT = "/consultations/<slug>/questions/<code>/check"


@blueprint.get(_AT)
@open_to(*EDITOR_ROLES)
def check_answers(slug: str, code: str) -> ResponseReturnValue:
    """Show how many answers wait to be checked, and what the machine learnt of them."""
    return _draw_start(slug, code)


@blueprint.post(_AT)
@open_to(*EDITOR_ROLES)
def choose_answers(slug: str, code: str) -> ResponseReturnValue:
    """Ask for fifty answers to check."""
    if not PressForm().validate_on_submit():
        return _draw_start(slug, code, error=EXPIRED)
    consultation = get_consultation(slug)
    officer = signed_in_officer()
    checking.ask_to_choose(current_session(), officer, consultation, code, now=now())
    return redirect(url_for(".check_answers", slug=slug, code=code), code=303)


@blueprint.get(f"{_AT}/<int:place>")
@open_to(*EDITOR_ROLES)
def check_answer(slug: str, code: str, place: int) -> ResponseReturnValue:
    """Show one answer with the machine's themes ticked."""
    return _draw(slug, code, place)


@blueprint.post(f"{_AT}/<int:place>")
@open_to(*EDITOR_ROLES)
def save_check(slug: str, code: str, place: int) -> ResponseReturnValue:
    """Keep what the officer says of the answer, and go on; or take it back."""
    session, consultation, form = current_session(), get_consultation(slug), CodingForm()
    if not form.validate_on_submit():
        return _draw(slug, code, place, error=EXPIRED, status=422)
    queue = checking.queue(session, consultation, code)
    slip = checking.slip(session, consultation, code, queue, place)
    if changed := form.changed_meanwhile(slip):
        return _draw(slug, code, place, error=changed, status=409)
    if form.take_back.data and slip.code_id is not None:
        codes.take_back(session, signed_in_officer(), slip.code_id, now=now())
        back = url_for(".check_answer", slug=slug, code=code, place=place, notice="taken-back")
        return redirect(back, code=303)
    given, wrong = read_ticked(slip)
    if wrong:
        return _draw(slug, code, place, error=wrong, status=422)
    of = Place(consultation, code, slip.response_id)
    purpose = CodePurpose.CHECK
    codes.give(session, signed_in_officer(), of, given, purpose=purpose, now=now())
    after = checking.queue(session, consultation, code).next_after(place)
    if after is None:
        done = url_for(".check_answers", slug=slug, code=code, notice="checked")
        return redirect(done, code=303)
    return redirect(url_for(".check_answer", slug=slug, code=code, place=after), code=303)


def _draw_start(slug: str, code: str, *, error: str = "") -> ResponseReturnValue:
    session, consultation = current_session(), get_consultation(slug)
    question = themes.get_question(consultation, code)
    page = render_template(
        "officers/check.html",
        consultation=consultation,
        code=code,
        question=question.plain_text,
        queue=checking.queue(session, consultation, code),
        is_choosing=checking.is_choosing(session, consultation, code),
        learning=checking.learning(session, consultation, code),
        now=now(),
        form=PressForm(formdata=None),
        errors=[("", error)] if error else [],
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if error else 200)


def _draw(
    slug: str, code: str, place: int, *, error: str = "", status: int = 200
) -> ResponseReturnValue:
    session, consultation = current_session(), get_consultation(slug)
    queue = checking.queue(session, consultation, code)
    slip = checking.slip(session, consultation, code, queue, place)
    page = render_template(
        "officers/check_answer.html",
        consultation=consultation,
        code=code,
        question=themes.get_question(consultation, code).plain_text,
        slip=slip,
        before=queue.before(place),
        after=queue.next_after(place),
        learning=checking.learning(session, consultation, code),
        now=now(),
        form=CodingForm.drawn_of(slip),
        typed=ticked() if error and status == 422 else None,
        errors=[("themes" if status == 422 and error != EXPIRED else "", error)] if error else [],
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, status)
