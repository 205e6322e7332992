"""Which messages the plans of a consultation mean for one chat, laid out as timers.

Dates change: a review, the close. So timers are laid out anew whenever somebody looks, but one
that has fired stays as it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session, joinedload

from surveys.writing_first import About
from voice.clock import in_london
from voice.config import Settings
from voice.models import (
    Chat,
    ChatInvitation,
    ChatSchedule,
    ChatTimer,
    ChatWish,
    Invitee,
    Participant,
    TimerKind,
)
from voice.services import chat_invitations, due_moments
from voice.services.due_moments import Due
from voice.services.straight import Straight, write_changes

Key = tuple[UUID, str]
_ANY_PLAN = Straight(  # there is mostly none
    select(ChatSchedule.id)
    .where(
        ChatSchedule.consultation_id == bindparam("consultation"),
        ChatSchedule.about == bindparam("about"),
        ChatSchedule.called_off_at.is_(None),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What should wait for one chat, and where its person is."""

    chat: Chat
    steps: dict[str, int]
    dues: dict[Key, tuple[Due, str]]


def may_come(
    session: Session, settings: Settings, chat: Chat, about: About, *, now: datetime
) -> bool:
    """Return whether somebody who says yes now would be written to at all."""
    write_changes(session)
    asked = {"consultation": chat.consultation_id, "about": about.value}
    if not _ANY_PLAN.rows(session, asked):
        return False
    whole = (joinedload(ChatSchedule.consultation), joinedload(ChatSchedule.next))
    live = select(ChatSchedule).where(
        ChatSchedule.consultation_id == chat.consultation_id,
        ChatSchedule.about == about.value,
        ChatSchedule.called_off_at.is_(None),
    )
    plans = session.scalars(live.options(*whole)).all()
    invitee = chat_invitations.find_invitee(session, settings, chat) if plans else None
    return any(due.at > now for plan in plans for due in moments_for(plan, chat, invitee))


def moments_for(plan: ChatSchedule, chat: Chat, invitee: Invitee | None) -> tuple[Due, ...]:
    """Return when this plan writes to this person, as their dates stand now."""
    ends = plan.consultation if plan.next is None else plan.next
    return tuple(due for due in _moments(plan, chat, invitee) if due.at <= ends.closes_at)


def moments_for_all(plan: ChatSchedule) -> tuple[Due, ...]:
    """Return when this plan writes to whoever has no date of their own."""
    return tuple(due for due in _dated(plan) if due.at <= plan.consultation.closes_at)


def _moments(plan: ChatSchedule, chat: Chat, invitee: Invitee | None) -> tuple[Due, ...]:
    happened_at = invitee.happened_at if invitee is not None else None
    answered_at = chat.response.submitted_at if chat.response is not None else None
    match plan.kind:
        case TimerKind.CLOCK if happened_at is not None:
            return (due_moments.on_clock(happened_at),)
        case TimerKind.THREE_MONTHS_ON if answered_at is not None:
            return (due_moments.three_months_on(answered_at),)
        case _:
            return _dated(plan, invitee.review_on if invitee is not None else None)


def _dated(plan: ChatSchedule, review_on: date | None = None) -> tuple[Due, ...]:
    """Return the moments by the calendar: of a day, of a review, else of the close."""
    last = review_on or in_london(plan.consultation.closes_at).date()
    match plan.kind:
        case TimerKind.FIXED_DATE if plan.day is not None:
            return (due_moments.on_day(plan.day),)
        case TimerKind.DAYS_BEFORE:
            return (due_moments.days_before(last, plan.number, working=plan.working),)
        case TimerKind.WINDOW:
            return due_moments.in_window(last, plan.number)
        case _:
            return ()


def list_changed(session: Session, settings: Settings) -> list[UUID]:
    """Return the chats whose timers are not as the plans and their dates say."""
    wanted = _wanted(session, settings, _wishes())
    have = _timers(session, wanted)
    return [key for key, each in wanted.items() if _differs(each, have[key])]


def lay_out_each(session: Session, settings: Settings, ids: Iterable[UUID]) -> None:
    """Lay the timers of these chats out; one whose person writes just now is left for later."""
    for chat_id in ids:
        whose = select(Chat.participant_id).where(Chat.id == chat_id).scalar_subquery()
        person = select(Participant.id).where(Participant.id == whose)
        if session.scalar(person.with_for_update(skip_locked=True)) is not None:
            lay_out(session, settings, chat_id)


def lay_out(session: Session, settings: Settings, chat_id: UUID) -> None:
    """Make, move or remove the timers of one chat that have not fired; its person is locked."""
    wanted = _wanted(session, settings, _wishes().where(Chat.id == chat_id)).get(chat_id)
    have = _timers(session, [chat_id])[chat_id]
    dues = wanted.dues if wanted is not None else {}
    for key, row in have.items():
        if row.fired_at is None and key not in dues:
            session.delete(row)
    for key, (due, about) in dues.items():
        row = have.get(key) or ChatTimer(schedule_id=key[0], chat_id=chat_id, part=key[1])
        if row.fired_at is None and wanted is not None:
            row.due_at, row.until, row.step = due.at, due.until, wanted.steps[about]
            session.add(row)
    session.flush()


def _wanted(
    session: Session, settings: Settings, wishes: Select[Chat, ChatWish, ChatSchedule]
) -> dict[UUID, Wanted]:
    found: dict[UUID, Wanted] = {}
    invited = set(session.scalars(select(ChatInvitation.chat_id)))
    for chat, wish, plan in session.execute(wishes).all():
        is_invited = chat.id in invited
        invitee = chat_invitations.find_invitee(session, settings, chat) if is_invited else None
        each = found.setdefault(chat.id, Wanted(chat, {}, {}))
        each.steps[wish.about] = wish.step
        since = max(wish.answered_at or wish.asked_at, plan.made_at)
        for due in moments_for(plan, chat, invitee):
            if due.at > since:
                each.dues[plan.id, due.part] = (due, plan.about)
    return found


def _differs(wanted: Wanted, have: dict[Key, ChatTimer]) -> bool:
    rows = ((row, wanted.dues.get(key)) for key, row in have.items() if row.fired_at is None)
    is_moved = any(due is None or row.due_at != due[0].at for row, due in rows)
    return is_moved or bool(wanted.dues.keys() - have.keys())


def _timers(session: Session, chats: Iterable[UUID]) -> defaultdict[UUID, dict[Key, ChatTimer]]:
    found: defaultdict[UUID, dict[Key, ChatTimer]] = defaultdict(dict)
    for part in _parts(list(chats)):
        for row in session.scalars(select(ChatTimer).where(ChatTimer.chat_id.in_(part))):
            found[row.chat_id][row.schedule_id, row.part] = row
    return found


def _parts(ids: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(ids), 500):
        yield ids[start : start + 500]


def _wishes() -> Select[Chat, ChatWish, ChatSchedule]:
    """Return a query for whoever may be written to, with each plan that is for them."""
    return (
        select(Chat, ChatWish, ChatSchedule)
        .join(ChatWish, and_(ChatWish.chat_id == Chat.id, ChatWish.wanted.is_(True)))
        .join(
            ChatSchedule,
            and_(
                ChatSchedule.consultation_id == Chat.consultation_id,
                ChatSchedule.about == ChatWish.about,
                ChatSchedule.called_off_at.is_(None),
            ),
        )
        .where(Chat.ended_at.is_(None))
        .options(
            joinedload(Chat.response),
            joinedload(ChatSchedule.consultation),
            joinedload(ChatSchedule.next),
        )
    )
