"""Words that need more than a turn: said outside every chat, or by somebody who may need help."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from surveys import wording
from surveys.talking import said_in, spoken_in
from surveys.turns import Message, Stage, Text, Turn
from voice.models import Channel, Chat, Concern, Participant
from voice.services import (
    chat_effects,
    chat_reminders,
    concerns,
    participants,
    timers_waiting,
)
from voice.services.chat_arrivals import Visit
from voice.services.chat_finding import find_latest
from voice.services.chat_place import Place
from voice.services.chat_scenes import help_words, scene_for, spoken_scene
from voice.services.chat_surveys import survey_in

_AT_THE_END = frozenset({Stage.WISH, Stage.FINISHED, Stage.STOPPED, Stage.FORGETTING})


def answer(visit: Visit, instead: Message, *, is_broken: bool = False) -> tuple[Message, ...]:
    """Answer somebody who is in no chat: help first, if they ask for it or may need it.

    In their own language, as far as we know it. `is_broken` says that a turn of theirs broke: then
    nothing of the chat is relied on that may have broken it.
    """
    language = _language_noted(visit) if is_broken else _language_of(visit)
    return tuple(spoken_in(language, each) for each in _said(visit, instead, language))


def _language_of(visit: Visit) -> str:
    """Return the language of the chat they were in last, or else the one that they read pages in.

    English where we know of none.
    """
    before = find_latest(visit.session, visit.participant)
    if before is not None:
        return survey_in(before).language
    event = visit.arrival.event
    reads = event.reads if isinstance(event, Text) else ""
    return visit.arrival.setting.language or reads or "en"


def _language_noted(visit: Visit) -> str:
    """Return the language that the chat they were in last notes; its survey may be what broke."""
    before = find_latest(visit.session, visit.participant)
    return (before.state.get("language") if before is not None else "") or "en"


def _said(visit: Visit, instead: Message, language: str) -> tuple[Message, ...]:
    scene = scene_for(visit.settings, visit.participant.channel, None)
    scene = spoken_scene(scene, visit.settings, language)
    asked = visit.arrival.command
    if asked == "help":
        return (Message(wording.help_card(scene)), instead)
    if asked == "delete":
        return (Message(wording.NOTHING_TO_DELETE), instead)
    if asked == "stop":
        write_no_more(visit.session, visit.participant, now=visit.now)
        return (Message(wording.NO_MORE_OUTSIDE),)
    raised = chat_effects.hear_outside(
        visit.session,
        visit.participant,
        visit.arrival.words,
        asks_for_help=asked == "sos",
        now=visit.now,
    )
    return (Message(help_words(scene, (raised,))), instead) if raised else (instead,)


def write_no_more(session: Session, participant: Participant, *, now: datetime) -> None:
    """Write to somebody no more unless they write: no outcome, no reminder, no timer."""
    timers_waiting.call_off(session, participant, now=now)
    session.execute(
        update(Chat).where(Chat.participant_id == participant.id).values(wants_outcome=False)
    )
    chat_reminders.call_off(session, participant)


def hear_unreadable(session: Session, channel: Channel, words: str, *, now: datetime) -> None:
    """Screen words of which nobody knows from whom they came: a gateway broke what was round them.

    They are filed under nobody, and answered by nothing.
    """
    if words.strip():
        nobody = participants.get_locked(session, channel, "nobody", now=now)
        chat_effects.hear_outside(session, nobody, words, asks_for_help=False, now=now)


def with_help(
    visit: Visit, chat: Chat, place: Place, raised: tuple[Concern, ...], turn: Turn
) -> tuple[Message, ...]:
    """Return what is said in a chat, with the words that have help in them before all else.

    Whoever has just said what hurts them is not told that they pressed no button. Whoever said so
    earlier in this chat has the numbers before them at its end, whatever they send there.
    """
    if not raised:
        return _with_numbers(visit, chat, place, turn)
    card = said_in(place.survey, Message(help_words(place.scene, raised)))
    is_remark = not turn.effects and len(turn.messages) > 1
    return (card, *turn.messages[is_remark:])


def _with_numbers(visit: Visit, chat: Chat, place: Place, turn: Turn) -> tuple[Message, ...]:
    """Return what is said at the end, with the numbers first if somebody told of danger before."""
    numbers = "\n".join(place.scene.helplines)
    if turn.state.stage not in _AT_THE_END or not turn.messages:
        return turn.messages
    is_said = any(numbers in each.text for each in turn.messages)
    if is_said or not concerns.has_raised(visit.session, visit.participant, chat):
        return turn.messages
    lines = said_in(place.survey, Message(wording.help_lines(place.scene)))
    return (lines, *turn.messages)
