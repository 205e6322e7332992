"""The queue of concerns: only the safeguarding role sees it, and every look is written down."""

from datetime import datetime
from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, TextAreaField

from voice.models import Concern, Role
from voice.services import audit, enquiries, false_alarms, officers
from voice.services import concerns as queue
from voice.services.consultations import current_survey
from voice.services.public_questions import QUESTION
from voice.services.results import CHANNELS
from voice.web.access import open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.session import current_session, keeps, now, signed_in_officer

MAX_DECISION_CHARS = 10_000
CATEGORIES = {
    queue.ASKED_FOR_HELP: "Asked for help",
    queue.SAID_WORRIED: "Ticked that they are worried",
    queue.UNSCREENED: "Could not be screened: please read it",
    "abuse_physical": "Being hurt by somebody",
    "abuse_emotional": "Being put down, threatened or frightened",
    "abuse_sexual": "Sexual harm",
    "neglect": "Not being looked after",
    "self_harm_suicide": "Self-harm or suicide",
    "exploitation_cse_grooming": "Being exploited or groomed",
    "domestic_abuse": "Violence or control at home",
    "bullying_serious": "Serious bullying",
    "missing_from_home": "Missing from home",
}
URGENCIES = {"immediate": ("Immediate", "red"), "high": ("High", "orange")}
READ_IT = ("To be read", "yellow")
TO_A_COMMITTEE = "A question to a committee"
OUTSIDE = "A chat, outside any consultation"
NO_QUESTION = {
    queue.AT_THE_END: "Nothing more: they said this at the end, after the last question",
    queue.WHEN_STOPPED: "Nothing: they had stopped, and said this then",
}
SOME_MADE_UP = "Some of these come from demonstration data, and from nobody who exists."


class DecisionForm(PressForm):
    """What a person decided, in their words."""

    decision = TextAreaField()
    false_alarm = BooleanField()

    @property
    def refusal(self) -> str | None:
        """Why the words cannot be kept, or None."""
        words = (self.decision.data or "").strip()
        if not words:
            return "Write what you decided"
        if len(words) > MAX_DECISION_CHARS:
            return f"Write no more than {MAX_DECISION_CHARS:,} characters"
        return None


@blueprint.get("/concerns")
@open_to(Role.SAFEGUARDING)
@keeps
def concerns() -> ResponseReturnValue:
    """Show what waits for a person: immediate first, then the oldest; then what was read."""
    session = current_session()
    audit.record(session, signed_in_officer(), "concerns listed", "queue", now=now())
    waiting, read = queue.list_waiting(session), queue.list_acknowledged(session)
    ticked = queue.count_ticked(session)
    asked = [each.consultation for each in (*waiting, *read)] + [each for each, _ in ticked]
    made_up = any(each.demonstration for each in asked if each is not None)
    return render_template(
        "officers/concerns.html",
        demonstration=SOME_MADE_UP if made_up else None,
        waiting=[_card(each) for each in waiting],
        ticked=ticked,
        read=[_card(each) for each in read],
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
    kept = {"decision": found.decision, "false_alarm": found.is_false_alarm}
    return _draw(found, DecisionForm(formdata=None, **kept))


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
    """Keep what this officer decided."""
    found = queue.get(current_session(), concern_id)
    form = DecisionForm()
    error = EXPIRED if not form.validate_on_submit() else form.refusal
    if error is not None:
        return _draw(found, form, error=error)
    words = (form.decision.data or "").strip()
    false_alarms.decide(
        current_session(),
        found,
        signed_in_officer(),
        words,
        is_false_alarm=bool(form.false_alarm.data),
        now=now(),
    )
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
        ticked=[_card(each) for each in found],
        form=form,
        errors=[("read", EXPIRED)] if form.is_submitted() else [],
    )
    return make_response(page, 422 if form.is_submitted() else 200)


def _draw(found: Concern, form: DecisionForm, *, error: str | None = None) -> ResponseReturnValue:
    session = current_session()
    consultation = found.consultation
    asked = current_survey(consultation).question(found.question) if consultation else None
    reader = found.acknowledged_by
    page = render_template(
        "officers/concern.html",
        card=_card(found),
        demonstration=_demonstration_of(found),
        enquiry=enquiries.find_of_concern(session, found),
        question=asked.text if asked is not None else NO_QUESTION.get(found.question, ""),
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


def _about(found: Concern) -> str:
    """Return where the words were said."""
    if found.consultation is not None:
        return found.consultation.title
    return TO_A_COMMITTEE if found.question == QUESTION else OUTSIDE


def _card(found: Concern) -> dict[str, object]:
    """Return a concern as both pages say it."""
    urgency, colour = URGENCIES.get(found.urgency, READ_IT)
    return {
        "concern": found,
        "about": _about(found),
        "category": CATEGORIES.get(found.category, found.category),
        "urgency": urgency,
        "colour": colour,
        "channel": CHANNELS[found.channel],
        "waited": waited_in_words(found.raised_at, found.acknowledged_at or now()),
    }


def waited_in_words(since: datetime, until: datetime) -> str:
    """Return the time between as people say it, such as "3 h 12 min" or "2 days 4 h"."""
    minutes = max(0, int((until - since).total_seconds()) // 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} {'day' if days == 1 else 'days'} {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
