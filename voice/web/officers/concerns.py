"""The queue of concerns: only the safeguarding role sees it, and every look is written down."""

from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, StringField, TextAreaField

from voice.models import Concern, Role
from voice.services import (
    audit,
    concern_board,
    concern_record,
    concern_voices,
    enquiries,
    false_alarms,
    officers,
)
from voice.services import concerns as queue
from voice.services.consultations import current_survey
from voice.web.access import open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.concern_cards import card, reasons_of, shown_in_words, waited_in_words
from voice.web.session import current_session, keeps, now, settings, signed_in_officer

MAX_DECISION_CHARS = 10_000
CLOSE = "false-alarm"  # the button that closes a false alarm, and writes its reason itself
NOBODY_AT_RISK = "Read: nobody is at risk, the software was wrong."
NO_QUESTION = {
    queue.AT_THE_END: "Nothing more: they said this at the end, after the last question",
    queue.WHEN_STOPPED: "Nothing: they had stopped, and said this then",
}
SOME_MADE_UP = "Some of these come from demonstration data, and from nobody who exists."


class DecisionForm(PressForm):
    """What a person decided, in their words."""

    decision = TextAreaField()
    referral = StringField()
    false_alarm = BooleanField()

    @property
    def refusal(self) -> str | None:
        """Why the words cannot be kept, or None."""
        words = (self.decision.data or "").strip()
        if not words:
            return "Write what you decided"
        if len(words) > MAX_DECISION_CHARS:
            return f"Write no more than {MAX_DECISION_CHARS:,} characters"
        if len(self.referral.data or "") > concern_record.MAX_REFERRAL_CHARS:
            return f"Write a reference of at most {concern_record.MAX_REFERRAL_CHARS} characters"
        return None

    @property
    def decided(self) -> false_alarms.Decision:
        """What was decided, as it was typed."""
        words, referral = (self.decision.data or "").strip(), (self.referral.data or "").strip()
        is_closing = request.form.get("close") == CLOSE
        is_false_alarm = is_closing or bool(self.false_alarm.data)
        return false_alarms.Decision(words, is_false_alarm=is_false_alarm, referral=referral)


@blueprint.get("/concerns")
@open_to(Role.SAFEGUARDING)
@keeps
def concerns() -> ResponseReturnValue:
    """Show what waits for a person: immediate first, then the oldest; then what was read.

    What one person said stands on one card.
    """
    session = current_session()
    audit.record(session, signed_in_officer(), "concerns listed", "queue", now=now())
    waiting, read = queue.list_waiting(session), queue.list_acknowledged(session)
    beside = concern_voices.said_with(session, (*waiting, *read))
    leads = concern_voices.lead_cards(waiting, beside)
    ticked = queue.count_ticked(session)
    asked = [each.consultation for each in (*waiting, *read)] + [each for each, _ in ticked]
    board = concern_board.read_board(session, settings(), now=now())
    made_up = any(each.demonstration for each in asked if each is not None)
    return render_template(
        "officers/concerns.html",
        board=board,
        oldest=waited_in_words(board.oldest_at, now()) if board.oldest_at else None,
        missing=concern_board.list_missing(settings()),
        unchecked=concern_board.list_unchecked(settings(), now=now()),
        demonstration=SOME_MADE_UP if made_up else None,
        waiting=[card(each, beside[each.id]) for each in leads],
        waiting_count=len(waiting),
        ticked=ticked,
        read=[card(each, beside[each.id]) for each in read],
        help_shown=queue.count_help_shown(session),
        decided=false_alarms.count_decided(session),
    )


@blueprint.get("/concerns/<uuid:concern_id>")
@open_to(Role.SAFEGUARDING)
@keeps
def concern(concern_id: UUID) -> ResponseReturnValue:
    """Show one concern with the words as they were typed."""
    found = queue.get(current_session(), concern_id)
    audit.record(current_session(), signed_in_officer(), "concern viewed", found.id, now=now())
    form = DecisionForm(
        formdata=None,
        decision=found.decision,
        referral=found.referral,
        false_alarm=found.is_false_alarm,
    )
    return _draw(found, form)


@blueprint.post("/concerns/<uuid:concern_id>/acknowledge")
@open_to(Role.SAFEGUARDING)
def acknowledge_concern(concern_id: UUID) -> ResponseReturnValue:
    """Record that this officer has read it and takes it on."""
    found = queue.get(current_session(), concern_id)
    form = DecisionForm()
    if not form.validate_on_submit():
        return _draw(found, form, error=EXPIRED)
    queue.acknowledge(current_session(), found, signed_in_officer(), now=now())
    return redirect(url_for(".concern", concern_id=concern_id), code=303)


@blueprint.post("/concerns/<uuid:concern_id>/decision")
@open_to(Role.SAFEGUARDING)
def decide_concern(concern_id: UUID) -> ResponseReturnValue:
    """Keep what this officer decided; a false alarm needs one press, and no words."""
    found = queue.get(current_session(), concern_id)
    form = DecisionForm()
    is_closing = request.form.get("close") == CLOSE
    if is_closing and not (form.decision.data or "").strip():
        form.decision.data = NOBODY_AT_RISK
    error = EXPIRED if not form.validate_on_submit() else form.refusal
    if error is not None:
        return _draw(found, form, error=error)
    false_alarms.decide(current_session(), found, signed_in_officer(), form.decided, now=now())
    if is_closing:
        return redirect(url_for(".concerns"), code=303)
    return redirect(url_for(".concern", concern_id=concern_id), code=303)


@blueprint.post("/concerns/<uuid:concern_id>/release")
@open_to(Role.SAFEGUARDING)
def release_enquiry(concern_id: UUID) -> ResponseReturnValue:
    """Let the team that answers it find what waits because of this concern."""
    found = queue.get(current_session(), concern_id)
    if not DecisionForm().validate_on_submit():
        return _draw(found, DecisionForm(), error=EXPIRED)
    enquiry = enquiries.find_of_concern(current_session(), found)
    if enquiry is not None:
        queue.acknowledge(current_session(), found, signed_in_officer(), now=now())
        enquiries.release(current_session(), enquiry, signed_in_officer(), now=now())
    return redirect(url_for(".concern", concern_id=concern_id), code=303)


@blueprint.get("/concerns/ticked/<slug>")
@open_to(Role.SAFEGUARDING)
@keeps
def ticked_concerns(slug: str) -> ResponseReturnValue:
    """Show who ticked that they are worried in one consultation, and wait to be read."""
    audit.record(current_session(), signed_in_officer(), "ticks listed", slug, now=now())
    return _draw_ticked(slug, PressForm(formdata=None))


@blueprint.post("/concerns/ticked/<slug>")
@open_to(Role.SAFEGUARDING)
def acknowledge_ticked(slug: str) -> ResponseReturnValue:
    """Record that this officer has read those that the page showed, and no newer one."""
    form = PressForm()
    if not form.validate_on_submit():
        return _draw_ticked(slug, form)
    for each in queue.list_ticked(current_session(), slug):
        if each.raised_at.isoformat() <= request.form.get("shown-until", ""):
            queue.acknowledge(current_session(), each, signed_in_officer(), now=now())
    return redirect(url_for(".concerns"), code=303)


def _draw_ticked(slug: str, form: PressForm) -> ResponseReturnValue:
    found = queue.list_ticked(current_session(), slug)
    page = render_template(
        "officers/concerns_ticked.html",
        demonstration=SOME_MADE_UP if any(_demonstration_of(each) for each in found) else None,
        ticked=[card(each) for each in found],
        form=form,
        errors=[("read", EXPIRED)] if form.is_submitted() else [],
    )
    return make_response(page, 422 if form.is_submitted() else 200)


def _draw(found: Concern, form: DecisionForm, *, error: str | None = None) -> ResponseReturnValue:
    session = current_session()
    consultation = found.consultation
    asked = current_survey(consultation).question(found.question) if consultation else None
    reader, taker = found.acknowledged_by, found.assigned_to
    page = render_template(
        "officers/concern.html",
        card=card(found, concern_voices.said_with(session, [found])[found.id]),
        reasons=reasons_of(found),
        shown=shown_in_words(found),
        demonstration=_demonstration_of(found),
        enquiry=enquiries.find_of_concern(session, found),
        question=asked.text if asked is not None else NO_QUESTION.get(found.question, ""),
        entries=concern_record.list_entries(session, found),
        takers=[(each.email, each.name) for each in concern_record.list_takers(session)],
        taken_by=officers.get_officer(session, taker) if taker is not None else None,
        read_by=officers.get_officer(session, reader).name if reader is not None else None,
        form=form,
        error=error,
        errors=[("decision", error)] if error else [],
        max_chars=MAX_DECISION_CHARS,
    )
    return make_response(page, 422 if error else 200)


def _demonstration_of(found: Concern) -> str | None:
    """Return what must be said of where the words come from, or None."""
    return (found.consultation.demonstration if found.consultation else "") or None
