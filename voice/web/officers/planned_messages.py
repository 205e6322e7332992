"""One plan for messages in the chat as its page says it: when, to how many, and in which words."""

from collections.abc import Iterable
from datetime import datetime

from voice.models import ChatSchedule, Consultation, TimerKind, TimerOutcome
from voice.services import timer_layout, timer_words
from voice.services.chat_schedules import Clock, Counted
from voice.services.invitees import Standing
from voice.services.quiet_hours import next_polite
from voice.services.timer_words import Sample
from voice.web.session import now, settings

OUTCOMES = {
    TimerOutcome.SENT: "sent",
    TimerOutcome.MOVED_ON: "not sent: they had gone on by themselves",
    TimerOutcome.ANSWERED: "not sent: they had answered",
    TimerOutcome.DECLINED: "not sent: they do not want to reply",
    TimerOutcome.NO_MORE: "not sent: they want no more messages",
    TimerOutcome.NOT_TO_BE_ASKED: "not sent: they are not to be asked",
    TimerOutcome.UNREACHABLE: "not sent: they cannot be reached there any more",
    TimerOutcome.CLOSED: "not sent: it had closed",
    TimerOutcome.CALLED_OFF: "called off",
    TimerOutcome.TOO_LATE: "not sent: it was too late to be of use",
    TimerOutcome.ENOUGH: "not sent: they had three messages, or one that day",
}
STANDINGS = {Standing.REPLIED: "Replied", Standing.DECLINED: "Declined"}
MOMENTS = {"opening": "as it opens", "shutting": "a week before"}
OWN_DATES = {
    TimerKind.DAYS_BEFORE: "whoever has a review in the list of names: so long before that instead",
    TimerKind.WINDOW: "whoever has a review in the list of names: by that day instead",
    TimerKind.CLOCK: "each 48 hours after the moment that the list of names has for them",
    TimerKind.THREE_MONTHS_ON: "each three months after the day of their own answer, from 10:00",
}


def card(counted: Counted) -> dict[str, object]:
    """Return a plan as the page says it: in counts, never whose.

    When somebody with a date of their own is written to is said by the rule alone: a day with a
    count would tell, with the list of names, who has begun.
    """
    plan = counted.schedule
    return {
        "key": plan.id,
        "said": _said(plan),
        "is_off": plan.called_off_at is not None,
        "moments": _moments(plan),
        "own_dates": OWN_DATES.get(plan.kind, ""),
        "waiting": counted.waiting,
        "outcomes": [(OUTCOMES[each], number) for each, number in counted.outcomes],
        "samples": _samples(plan.consultation, plan.kind, plan.next.slug if plan.next else ""),
    }


def samples_of_all(
    consultation: Consultation, kinds: Iterable[tuple[TimerKind, str]]
) -> list[tuple[str, list[Sample]]]:
    """Return what each kind of plan says, for somebody who has yet to choose one."""
    return [(words, _samples(consultation, kind)) for kind, words in kinds]


def _samples(consultation: Consultation, kind: TimerKind, next_slug: str = "") -> list[Sample]:
    address = settings().council.address
    return timer_words.samples_of(consultation, kind, next_slug=next_slug or "…", address=address)


def _moments(plan: ChatSchedule) -> list[tuple[str, datetime, bool]]:
    """Return which message it is, when it leaves and whether that is past."""
    hours = settings().council.message_hours
    return [
        (MOMENTS.get(due.part, ""), next_polite(due.at, hours), due.at <= now())
        for due in timer_layout.moments_for_all(plan)
    ]


def _said(plan: ChatSchedule) -> str:
    match plan.kind:
        case TimerKind.FIXED_DATE if plan.day is not None:
            return f"On {plan.day.day} {plan.day:%B %Y}"
        case TimerKind.DAYS_BEFORE:
            day = "day" if plan.number == 1 else "days"
            return f"{plan.number} {'working ' if plan.working else ''}{day} before"
        case TimerKind.WINDOW:
            return f"{plan.number} weeks before, and a week before"
        case TimerKind.CLOCK:
            return "A day before the 72 hours are over"
        case _:
            return f"After three months: {plan.next.title if plan.next is not None else ''}"


def clock_in_words(clock: Clock) -> tuple[str, object, str, bool]:
    """Return who it is, by when, how it stands, and whether that is a breach."""
    is_late = bool(clock.is_late)
    standing = STANDINGS.get(clock.standing, "Not replied")
    return clock.invitee.name, clock.due_by, f"{standing}, late" if is_late else standing, is_late
