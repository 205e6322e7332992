"""One enquiry: who answers it, the reply or the decision, and what is published of it."""

from collections.abc import Callable
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from voice.errors import ChangedMeanwhileError
from voice.models import Enquiry, EnquiryKind, OutcomeKind
from voice.services import enquiries, public_questions, requests
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, draw_form
from voice.web.officers.blueprint import blueprint
from voice.web.officers.enquiry_form import (
    CHANGED,
    DECISIONS,
    EnquiryForm,
    kept_of,
    said_of,
    typed_over,
)
from voice.web.officers.enquiry_lines import line_of
from voice.web.officers.moment_fields import read_day, typed_day
from voice.web.session import current_session, keeps, now, settings, signed_in_officer


@blueprint.route("/enquiries/<uuid:enquiry_id>", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
@keeps
def enquiry(enquiry_id: UUID) -> ResponseReturnValue:
    """Show one enquiry, which is written down; keep who answers it, the reply, what is public."""
    found = enquiries.get(current_session(), signed_in_officer(), enquiry_id)
    form = EnquiryForm()
    if not form.is_submitted():
        enquiries.note_look(current_session(), signed_in_officer(), found, now=now())
        return _draw(found, EnquiryForm(formdata=None))
    step = STEPS.get(form.change.data or "")
    if not form.validate_on_submit() or step is None:
        return _draw(found, form, error=("responder", EXPIRED))
    try:
        step(found, form)
    except ValueError as refused:
        return _draw(found, form, error=said_of(str(refused)))
    except ChangedMeanwhileError:
        return _draw(found, form, error=("responder", CHANGED))
    public_questions.tell_asker(current_session(), settings(), found, now=now())
    return redirect(url_for(".enquiry", enquiry_id=enquiry_id, notice=form.change.data), code=303)


def _assign(found: Enquiry, form: EnquiryForm) -> None:
    day = read_day(typed_day(request.form, "by"))
    if day is None:
        raise ValueError("by")
    who = form.responder.data or ""
    enquiries.assign(current_session(), found, form.meant, responder=who, by=day)


def _reply(found: Enquiry, form: EnquiryForm) -> None:
    enquiries.keep_reply(current_session(), found, form.meant, form.reply.data or "")


def _decide(found: Enquiry, form: EnquiryForm) -> None:
    chosen = request.form.get("decision", "")
    if chosen not in dict(DECISIONS):
        raise ValueError("decision")
    requests.decide(
        current_session(),
        found,
        form.meant,
        decision=OutcomeKind(chosen),
        reply=form.reply.data or "",
        will_by=read_day(typed_day(request.form, "will_by")),
    )


def _publish(found: Enquiry, form: EnquiryForm) -> None:
    words, named = form.words.data or "", bool(form.with_name.data)
    public_questions.publish(current_session(), found, form.meant, words=words, with_name=named)


def _withdraw(found: Enquiry, form: EnquiryForm) -> None:
    public_questions.withdraw(current_session(), found, form.meant)


STEPS: dict[str, Callable[[Enquiry, EnquiryForm], None]] = {
    "assign": _assign,
    "reply": _reply,
    "decide": _decide,
    "publish": _publish,
    "withdraw": _withdraw,
}


def _draw(
    found: Enquiry, form: EnquiryForm, *, error: tuple[str, str] | None = None
) -> ResponseReturnValue:
    is_request = found.kind is EnquiryKind.REQUEST
    return draw_form(
        "officers/enquiry.html",
        error,
        line=line_of(found),
        is_request=is_request,
        is_worrying=enquiries.concern_stands(current_session(), found),
        in_chat=is_request and requests.is_told_in_chat(current_session(), found),
        question=enquiries.asked_in(found),
        outcome=requests.outcome_in_words(found),
        decisions=DECISIONS,
        typed=typed_over(found, form) if error else kept_of(found),
        form=form,
        demonstration=(found.consultation.demonstration if found.consultation else "") or None,
    )
