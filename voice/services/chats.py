"""Chats: an update in, one turn of the conversation, everything it leads to in one transaction.

The caller opens the transaction, and answers its messenger only after the commit. The page of the
web chat has its own two ways in, in `voice/services/web_chats.py`.
"""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from surveys import wording
from surveys.talking import ask_again, in_short, said_in
from surveys.turns import (
    ChangeWay,
    Event,
    Message,
    RaiseConcern,
    Start,
    Submit,
    Tap,
)
from voice.config import Settings
from voice.models import Channel, Chat, Participant
from voice.services import (
    chat_ahead,
    chat_closing,
    chat_codes,
    chat_effects,
    chat_first_words,
    chat_invitations,
    chat_media,
    chat_outside,
    chat_wishes,
    deliveries,
    participants,
)
from voice.services.chat_arrivals import Arrival, Visit
from voice.services.chat_finding import (
    PICK,
    find_chat,
    find_latest,
    new_chat,
    picks_from_menu,
)
from voice.services.chat_place import Place, place_of
from voice.services.chat_surveys import keep_place, state_of, survey_in
from voice.services.sealing import seal


class Received(NamedTuple):
    """What an update led to. `is_new` is False if it had been taken in before.

    `kept_none` is True where nothing came of it but what was said: its words are kept as no answer.
    """

    is_new: bool
    messages: tuple[Message, ...] = ()
    chat: Chat | None = None
    kept_none: bool = False


def receive(session: Session, arrival: Arrival, settings: Settings, *, now: datetime) -> Received:
    """Take one update in: the turn, its answers, its concerns and its messages, or nothing."""
    ahead = chat_ahead.take(session, arrival, now=now)
    if ahead is None and not participants.claim(
        session, arrival.channel, arrival.external_id, now=now
    ):
        return Received(is_new=False)
    participant = ahead.participant if ahead else _get_participant(session, arrival, settings, now)
    if participant.blocked_at is not None:
        participants.change(session, participant, blocked_at=None)
    visit = chat_first_words.as_meant(Visit(session, settings, arrival, participant, now, ahead))
    was_in_none = participant.current_chat_id is None
    found = find_chat(visit)
    if was_in_none and isinstance(found, Chat) and picks_from_menu(visit):
        visit = replace(visit, arrival=replace(arrival, event=Start()))  # it picked from the menu
    if isinstance(found, Message):
        turned = Received(is_new=True, messages=chat_outside.answer(visit, found))
    else:
        turned = _talk(visit, found)
    short = in_short((*chat_first_words.unknown_code(visit), *turned.messages))
    _queue(visit, short, turned.chat)
    return turned._replace(messages=short)


def leave(
    session: Session,
    channel: Channel,
    external_id: str,
    *,
    address: str,
    settings: Settings,
    now: datetime,
) -> None:
    """Take in that somebody blocked us: nothing more is sent until they write again."""
    if not participants.claim(session, channel, external_id, now=now):
        return
    address_hash = participants.hash_address(settings.secret_key, channel, address)
    participant = participants.find_locked(session, channel, address_hash)
    if participant is not None:
        deliveries.mark_blocked(session, participant, now=now)


def stop(session: Session, arrival: Arrival, settings: Settings, *, now: datetime) -> None:
    """Take in that somebody wants no more from us: one last message says so, and nothing follows.

    It is in the language of the chat they were in last. What they told us is kept. Whoever writes
    again is answered again.
    """
    if not participants.claim(session, arrival.channel, arrival.external_id, now=now):
        return
    participant = _get_participant(session, arrival, settings, now)
    chat_outside.write_no_more(session, participant, now=now)
    deliveries.mark_blocked(session, participant, now=now)
    visit = Visit(session, settings, arrival, participant, now)
    last_words = Message(wording.NO_MORE_TEXTS)
    chat = find_latest(session, participant)
    _queue(visit, (said_in(survey_in(chat), last_words) if chat is not None else last_words,))


def set_aside(session: Session, channel: Channel, external_id: str, *, now: datetime) -> None:
    """Take in an update that we cannot read, so that its messenger does not send it for ever."""
    if participants.claim(session, channel, external_id, now=now):
        participants.set_outcome(session, channel, external_id, "dead letter")


def apologise(session: Session, arrival: Arrival, settings: Settings, *, now: datetime) -> None:
    """Set aside an update on which a turn of ours broke: say so, and screen its words even so."""
    if not participants.claim(session, arrival.channel, arrival.external_id, now=now):
        return
    participants.set_outcome(session, arrival.channel, arrival.external_id, "dead letter")
    visit = Visit(
        session, settings, arrival, _get_participant(session, arrival, settings, now), now
    )
    _queue(visit, chat_outside.answer(visit, Message(wording.BROKEN), is_broken=True))


def _get_participant(
    session: Session, arrival: Arrival, settings: Settings, now: datetime
) -> Participant:
    address_hash = participants.hash_address(settings.secret_key, arrival.channel, arrival.address)
    return participants.get_locked(session, arrival.channel, address_hash, now=now)


def _talk(visit: Visit, chat: Chat) -> Received:
    """Take the turn, keep what it leads to, and return what to say and where we are now."""
    place = _place_in(visit, chat)
    chat_media.add_sent(visit)
    turn = chat_wishes.talk_first(visit, chat, _event_for(visit.arrival), place)
    turn = chat_closing.unless_closed(visit, chat, place, turn)
    kept = chat_effects.carry_out(
        visit.session,
        chat,
        turn,
        participant=visit.participant,
        words=visit.arrival.words,
        now=visit.now,
    )
    chat_codes.carry_out_codes(chat, turn, secret=visit.settings.secret_key)
    if Submit() in turn.effects:
        chat_invitations.note_reply(visit.session, visit.settings, chat, now=visit.now)
    said = chat_outside.with_help(visit, chat, place, kept.raised, turn)
    keep_place(visit.session, chat, kept.state, now=visit.now)
    if ChangeWay() in turn.effects:
        turn = ask_again(survey_in(chat), state_of(chat), place.scene)
        said = turn.messages
        keep_place(visit.session, chat, turn.state, now=visit.now)
    if kept.begins_again:
        return _begin_again(visit, chat)
    kept_none = all(isinstance(each, RaiseConcern) for each in turn.effects)
    return Received(is_new=True, messages=said, chat=chat, kept_none=kept_none)


def _place_in(visit: Visit, chat: Chat) -> Place:
    """Return where the chat is, as it was read ahead if it was; a link may change its scene."""
    is_ahead = visit.ahead is not None and visit.ahead.chat is chat
    if visit.ahead is not None and is_ahead and not visit.arrival.payload:
        return visit.ahead.place
    return place_of(visit.session, chat, visit.settings, visit.participant.channel)


def _begin_again(visit: Visit, chat: Chat) -> Received:
    visit.session.flush()
    new = new_chat(visit, chat.consultation)
    participants.change(visit.session, visit.participant, current_chat_id=new.id)
    return _talk(replace(visit, arrival=replace(visit.arrival, event=Start())), new)


def _event_for(arrival: Arrival) -> Event:
    """Return what happened in the chat itself: to pick it from the menu is to start it."""
    event = arrival.event
    was_picked = isinstance(event, Tap) and event.token.startswith(f"{PICK}.")
    return Start() if was_picked else event


def _queue(visit: Visit, messages: tuple[Message, ...], chat: Chat | None = None) -> None:
    """Write the messages down to be sent, and keep the address only for as long as we may."""
    arrival, participant = visit.arrival, visit.participant
    is_web = participant.channel is Channel.WEB_CHAT
    known = participant.address_sealed  # sealed anew it would only be written anew
    sealed = None if is_web else known or seal(visit.settings.secret_key, arrival.address)
    # The page of the web chat shows answers from where they are kept, so none is repeated here.
    said = [each for each in messages if not (is_web and each.is_echo)]
    replies = [
        deliveries.Reply(
            message,
            deliveries.Envelope(sealed, arrival.edit, arrival.tap if number == 0 else None),
            reference=f"{arrival.channel.value}:{arrival.external_id}:{number}",
        )
        for number, message in enumerate(said)
    ]
    deliveries.queue_replies(visit.session, participant, replies, now=visit.now)
    may_keep = participants.is_under_way(chat) or participants.may_be_written_to(
        visit.session, participant
    )
    to_keep = sealed if may_keep else None
    if participant.address_sealed != to_keep:  # what is set to what it is would be written even so
        participants.change(visit.session, participant, address_sealed=to_keep)
