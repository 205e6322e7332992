"""An enquiry as officers' pages say it, with its clocks."""

from datetime import date

from voice.clock import in_london
from voice.models import Enquiry, EnquiryKind
from voice.services import enquiries
from voice.web.officers.concern_cards import waited_in_words
from voice.web.session import now

STATES = {
    "received": ("Received", "yellow"),
    "assigned": ("Assigned", "purple"),
    "answered": ("Answered", "green"),
    "published": ("Published", "teal"),
}


def line_of(found: Enquiry) -> dict[str, object]:
    """Return an enquiry as both pages say it, with its clocks."""
    state, colour = STATES[found.state.value]
    received = found.received_at
    return {
        "enquiry": found,
        "about": enquiries.title_of(found),
        "kind": "Request" if found.kind is EnquiryKind.REQUEST else "Public question",
        "state": state,
        "colour": colour,
        "waited": waited_in_words(received, found.answered_at or now()),
        "left": _left_in_words(found.answer_by, in_london(now()).date()),
        "is_late": found.answered_at is None and found.answer_by < in_london(now()).date(),
    }


def _left_in_words(day: date, today: date) -> str:
    """Return how long it is until a day, such as "in 3 days" or "2 days late"."""
    days = (day - today).days
    if days == 0:
        return "today"
    unit = "day" if abs(days) == 1 else "days"
    return f"in {days} {unit}" if days > 0 else f"{-days} {unit} late"
