"""What may be chosen where a message in the chat is planned, and why a choice cannot stand."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from voice.clock import in_london
from voice.models import Consultation
from voice.services import chat_schedules, teams
from voice.web.officers.moment_fields import read_day
from voice.web.session import current_session, now, signed_in_officer


def day_refused(typed: Mapping[str, str], *, at: datetime, closes_at: datetime) -> str:
    """Return what is wrong with the fixed date that was typed, with one that could stand."""
    day, today, last = read_day(typed), in_london(at).date(), in_london(closes_at).date()
    if last <= today:
        return f"It closes on {in_words(last)}, so no later day is left. Choose another time"
    after = today + timedelta(days=1)
    wanted = (
        f"Write one after today and by {in_words(last)}, when it closes, like {after:%-d %-m %Y}"
    )
    if not any(typed.values()):
        return f"Write the day: {wanted[:1].lower()}{wanted[1:]}"
    if day is None:
        return f"There is no such day. {wanted}"
    if day > last:
        return f"{in_words(day)} is after the close. {wanted}"
    return f"{in_words(day)} is {'today' if day == today else 'past'}. {wanted}"


def in_words(day: date) -> str:
    """Return a day as a sentence says it, such as "2 June 2026"."""
    return f"{day.day} {day:%B %Y}"


def last_day(consultation: Consultation) -> str:
    """Return the day on which a consultation closes, in words."""
    return in_words(in_london(consultation.closes_at).date())


def asked_later(consultation: Consultation) -> tuple[list[Consultation], list[Consultation]]:
    """Return what may be asked three months later, and what the team has that may not.

    What will be closed by then, or has not begun, may not; nor may this one.
    """
    listed = teams.list_consultations(current_session(), signed_in_officer())
    others = [each for each in listed if each.id != consultation.id]
    may = [
        each
        for each in others
        if each.launched_at and chat_schedules.is_open_in_three_months(each, now=now())
    ]
    return may, [each for each in others if each not in may]
