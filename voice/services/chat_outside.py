"""What is said outside every chat: answered, and heard in case somebody is at risk."""

from datetime import datetime

from sqlalchemy.orm import Session

from surveys import wording
from surveys.turns import Message
from voice.models import Channel
from voice.services import chat_effects, participants
from voice.services.chat_arrivals import Visit
from voice.services.chat_scenes import scene_for


def answer(visit: Visit, instead: Message) -> tuple[Message, ...]:
    """Answer somebody who is in no chat: help first, if they ask for it or may need it."""
    scene = scene_for(visit.settings, visit.participant.channel, None)
    asked = visit.arrival.command
    if asked == "help":
        return (Message(wording.help_card(scene)), instead)
    needs_help = chat_effects.hear_outside(
        visit.session,
        visit.participant,
        visit.arrival.words,
        asks_for_help=asked == "sos",
        now=visit.now,
    )
    return (Message(wording.asked_for_help(scene)), instead) if needs_help else (instead,)


def hear_unreadable(session: Session, channel: Channel, words: str, *, now: datetime) -> None:
    """Screen words of which nobody knows from whom they came: a gateway broke what was round them.

    They are filed under nobody, and answered by nothing.
    """
    if words.strip():
        nobody = participants.get_locked(session, channel, "nobody", now=now)
        chat_effects.hear_outside(session, nobody, words, asks_for_help=False, now=now)
