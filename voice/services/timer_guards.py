"""What a timer looks at when it fires: each guard gives the reason to do nothing, or None."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from surveys.turns import Stage
from surveys.writing_first import About
from voice.config import Settings
from voice.models import (
    Channel,
    Chat,
    ChatTimer,
    ChatWish,
    Delivery,
    DeliveryStatus,
    Invitee,
    Participant,
    TimerOutcome,
)
from voice.services import suppressions
from voice.services.sealing import unseal
from voice.services.timers_waiting import REMINDED_BY

MOST_MESSAGES = 3  # written first, since we asked whether we may
APART = timedelta(hours=20)  # no two of them nearer, so that none has two a day


@dataclass(frozen=True, slots=True)
class Firing:
    """One timer at its moment, with whoever was invited by name, while that is known."""

    session: Session
    settings: Settings
    timer: ChatTimer
    invitee: Invitee | None
    now: datetime

    @property
    def chat(self) -> Chat:
        """The chat it is for."""
        return self.timer.chat

    @property
    def is_to_finish(self) -> bool:
        """Whether it is for somebody who has not finished; else it asks them again."""
        return self.timer.schedule.next_id is None


def why_not(firing: Firing) -> TimerOutcome | None:
    """Return why nothing is to be sent, or None if the message is still of use and wanted."""
    found = (guard(firing) for guard in _GUARDS)
    return next((reason for reason in found if reason is not None), None)


def why_not_now(firing: Firing) -> TimerOutcome | None:
    """Return why what was written is not to leave after all, or None if it is; hours may be past.

    How many they had is not asked again: this one is among them.
    """
    found = (guard(firing) for guard in _GUARDS if guard is not _has_had_enough)
    return next((reason for reason in found if reason is not None), None)


def why_not_to(
    session: Session, settings: Settings, chat: Chat, invitee: Invitee | None
) -> TimerOutcome | None:
    """Return why this person must get no message that we send first, whatever it says."""
    person = chat.participant
    if not can_be_reached(person):
        return TimerOutcome.UNREACHABLE
    words = {_address(settings, person)}
    words |= {invitee.name, invitee.reach} if invitee is not None else set()
    known = {each for each in words if each}
    if suppressions.suppressed_among(session, known, secret=settings.secret_key):
        return TimerOutcome.NOT_TO_BE_ASKED
    if invitee is None or invitee.is_waited_for:
        return None
    return TimerOutcome.ANSWERED if invitee.replied_on is not None else TimerOutcome.DECLINED


def may_write_from(session: Session, chat: Chat, about: About, *, now: datetime) -> datetime | None:
    """Return from when on one message more may be written first; None: they had all of them.

    Whatever wrote counts: a timer, a planned reminder by chat, a reminder that they asked for.
    """
    wish = session.get(ChatWish, (chat.id, about.value))
    since = wish.asked_at if wish is not None else chat.started_at
    written = _written_at(session, chat.participant_id)
    if sum(each >= since for each in written) >= MOST_MESSAGES:
        return None
    return max((now, *(each + APART for each in written)))


def _written_at(session: Session, participant_id: UUID) -> list[datetime]:
    """Return when they were written to first, in any chat of theirs."""
    fired = select(ChatTimer.fired_at).join(Chat).where(ChatTimer.outcome == TimerOutcome.SENT)
    moments = session.scalars(fired.where(Chat.participant_id == participant_id)).all()
    reminded = select(Delivery.sent_at, Delivery.due_at).where(
        Delivery.participant_id == participant_id,
        Delivery.status != DeliveryStatus.REFUSED,
        or_(*map(Delivery.reference.startswith, REMINDED_BY)),
    )
    sent = [sent_at or due_at for sent_at, due_at in session.execute(reminded)]
    return [*filter(None, moments), *sent]


def can_be_reached(person: Participant) -> bool:
    """Return whether a message would come to them; in the web chat it waits until they do."""
    is_web = person.channel is Channel.WEB_CHAT
    return person.blocked_at is None and (is_web or person.address_sealed is not None)


def is_at_rest(chat: Chat, step: int) -> bool:
    """Return whether somebody who stopped at this step is still there, and in no other chat."""
    is_there = chat.state["stage"] == Stage.STOPPED.value and chat.state["step"] == step
    return is_there and chat.participant.current_chat_id == chat.id


def _address(settings: Settings, person: Participant) -> str:
    """Return their address as it may stand on the list; a web chat's is a key of chance."""
    sealed = person.address_sealed
    return (unseal(settings.secret_key, sealed) or "") if sealed else ""


def _is_called_off(firing: Firing) -> TimerOutcome | None:
    return TimerOutcome.CALLED_OFF if firing.timer.schedule.called_off_at is not None else None


def _is_unwanted(firing: Firing) -> TimerOutcome | None:
    wish = firing.session.get(ChatWish, (firing.chat.id, firing.timer.schedule.about))
    return None if wish is not None and wish.wanted else TimerOutcome.NO_MORE


def _is_not_to_be_written_to(firing: Firing) -> TimerOutcome | None:
    return why_not_to(firing.session, firing.settings, firing.chat, firing.invitee)


def _is_closed(firing: Firing) -> TimerOutcome | None:
    schedule = firing.timer.schedule
    asked = schedule.next if schedule.next is not None else schedule.consultation
    return None if asked.is_open(firing.now) else TimerOutcome.CLOSED


def _has_answered(firing: Firing) -> TimerOutcome | None:
    response = firing.chat.response
    has_sent = response is not None and response.submitted_at is not None
    return TimerOutcome.ANSWERED if firing.is_to_finish and has_sent else None


def _has_moved_on(firing: Firing) -> TimerOutcome | None:
    if firing.chat.ended_at is not None:
        return TimerOutcome.MOVED_ON
    if firing.is_to_finish:
        is_there = is_at_rest(firing.chat, firing.timer.step)
        return None if is_there else TimerOutcome.MOVED_ON
    begun = select(Chat.id).where(
        Chat.participant_id == firing.chat.participant_id,
        Chat.consultation_id == firing.timer.schedule.next_id,
    )
    has_begun = firing.session.scalar(begun.limit(1)) is not None
    return TimerOutcome.MOVED_ON if has_begun else None


def _is_too_late(firing: Firing) -> TimerOutcome | None:
    return TimerOutcome.TOO_LATE if firing.now > firing.timer.until else None


def _has_had_enough(firing: Firing) -> TimerOutcome | None:
    about = About(firing.timer.schedule.about)
    may_from = may_write_from(firing.session, firing.chat, about, now=firing.now)
    return None if may_from == firing.now else TimerOutcome.ENOUGH


_GUARDS: tuple[Callable[[Firing], TimerOutcome | None], ...] = (
    _is_called_off,
    _is_unwanted,
    _is_not_to_be_written_to,
    _has_answered,
    _is_closed,
    _has_moved_on,
    _is_too_late,
    _has_had_enough,
)
