"""What a timer says: the words of its kind, in the language of the chat."""

from surveys import writing_first as words
from surveys.talking import said_in
from surveys.turns import Message
from voice.models import Channel, Chat, TimerKind
from voice.services.chat_finding import pick_of
from voice.services.chat_surveys import state_of, survey_in
from voice.services.timer_guards import Firing

_SAID = {
    "on_day": words.ON_THE_DAY,
    "before": words.CLOSES_SOON,
    "opening": words.OPENS_NOW,
    "shutting": words.LAST_WEEK,
    "clock": words.WE_ARE_HERE,
}


def message_of(firing: Firing) -> Message:
    """Return the message, with buttons that work where its person is now."""
    timer, chat = firing.timer, firing.chat
    if timer.schedule.kind is TimerKind.THREE_MONTHS_ON:
        return said_in(survey_in(chat), _asking_again(firing))
    has_review = firing.invitee is not None and firing.invitee.review_on is not None
    is_meeting = timer.part == "before" and has_review
    return to_finish(chat, words.MEETING_SOON if is_meeting else _SAID[timer.part])


def to_finish(chat: Chat, said: str) -> Message:
    """Return a message to somebody who stopped on the way."""
    return said_in(survey_in(chat), words.to_finish(state_of(chat), said))


def _asking_again(firing: Firing) -> Message:
    state, asked = state_of(firing.chat), firing.timer.schedule.next
    channel = firing.chat.participant.channel
    slug = asked.slug if asked is not None else ""
    if channel is Channel.TELEGRAM:
        return words.to_ask_again(state, way="", start=pick_of(slug))
    if channel is Channel.SMS:
        return words.to_ask_again(state, way=words.ANSWER_BY_TEXT.format(slug=slug))
    base = firing.settings.council.address.rstrip("/")
    address = f"{base}/consultations/{slug}"
    return words.to_ask_again(state, way=words.ANSWER_AT.format(address=address))
