"""What an officer types about one enquiry, and the words that say what is wrong with it."""

from flask import request
from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from voice.models import Enquiry, OutcomeKind
from voice.services import enquiries, public_questions
from voice.services.enquiries import Change
from voice.web.forms import PressForm
from voice.web.officers.moment_fields import typed_day, write_day
from voice.web.session import now, signed_in_officer

DECISIONS = (
    (OutcomeKind.DID.value, "Yes, it is done"),
    (OutcomeKind.WILL.value, "Yes, we will, by a day"),
    (OutcomeKind.CANNOT.value, "No, we cannot"),
)
CHANGED = "Somebody else changed this meanwhile. Your words are still here: look, and press again"
REFUSALS = {
    "responder": f"Write who answers, in up to {enquiries.MAX_RESPONDER_CHARS} characters",
    "by": "Choose today or a later day",
    "assigned": "First say who answers",
    "published": "Take it off the public page first",
    "reply": f"Write the reply, in up to {enquiries.MAX_REPLY_CHARS:,} characters",
    "decision": "Choose what was decided",
    "will_by": "Say by which day, today or later",
    "words": f"Write the question, in up to {public_questions.MAX_WORDS_CHARS:,} characters",
    "concern": "Something in it raised a concern, so it cannot be published. They have the reply",
    "name": "They did not allow their name to be shown",
}
MAX_EDITION_DIGITS = 9
_SAID_AT = {"assigned": "responder", "published": "reply", "name": "words", "concern": "words"}


def said_of(fault: str) -> tuple[str, str]:
    """Return the field at which a refusal stands, and its words."""
    return _SAID_AT.get(fault, fault), REFUSALS[fault]


class EnquiryForm(PressForm):
    """What an officer changes: `change` says which step."""

    change = HiddenField()
    edition = HiddenField()
    responder = StringField()
    reply = TextAreaField()
    words = TextAreaField()
    with_name = BooleanField()

    @property
    def meant(self) -> Change:
        """Return who changes which edition of it, and when."""
        typed = self.edition.data or ""
        is_number = typed.isdecimal() and len(typed) <= MAX_EDITION_DIGITS
        return Change(signed_in_officer(), int(typed) if is_number else 0, now())


def kept_of(found: Enquiry) -> dict[str, object]:
    """Return what the fields hold before anybody types."""
    return {
        "responder": found.responder,
        "by": write_day(found.answer_by),
        "reply": found.reply,
        "decision": found.decision.value if found.decision else None,
        "will_by": write_day(found.will_by) if found.will_by else {},
        "words": found.published_words or found.words,
        "with_name": bool(found.published_name),
    }


def typed_over(found: Enquiry, form: EnquiryForm) -> dict[str, object]:
    """Return what was typed into the step that was pressed, and what is kept of the others."""
    sent: dict[str, object] = {
        "responder": form.responder.data,
        "by": typed_day(request.form, "by"),
        "reply": form.reply.data,
        "decision": request.form.get("decision"),
        "will_by": typed_day(request.form, "will_by"),
        "words": form.words.data,
        "with_name": form.with_name.data,
    }
    was_sent = {name for name in sent if any(key.split("-")[0] == name for key in request.form)}
    return kept_of(found) | {name: value for name, value in sent.items() if name in was_sent}
