"""What a timer says: the words of its kind, in the language of the chat."""

from dataclasses import dataclass

from surveys import writing_first as words
from surveys.fitting import Setting
from surveys.talking import said_in
from surveys.turns import Message, Stage, State
from voice.models import Channel, Chat, Consultation, TimerKind
from voice.services.chat_finding import pick_of
from voice.services.chat_surveys import state_of, survey_in
from voice.services.consultations import begun_now, current_survey
from voice.services.deliveries import with_way_out
from voice.services.timer_guards import Firing

_SAID = {
    "on_day": words.ON_THE_DAY,
    "before": words.CLOSES_SOON,
    "opening": words.OPENS_NOW,
    "shutting": words.LAST_WEEK,
    "clock": words.WE_ARE_HERE,
}
_SAMPLES = {
    TimerKind.FIXED_DATE: {"": words.ON_THE_DAY},
    TimerKind.DAYS_BEFORE: {
        "before their review": words.MEETING_SOON,
        "before the close": words.CLOSES_SOON,
    },
    TimerKind.WINDOW: {"as it opens": words.OPENS_NOW, "a week before": words.LAST_WEEK},
    TimerKind.CLOCK: {"": words.WE_ARE_HERE},
}
_CHANNELS = {
    Channel.TELEGRAM: "on Telegram",
    Channel.SMS: "by text",
    Channel.WEB_CHAT: "in the web chat",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One message of a plan as people will read it: when or where, and in each language."""

    which: str
    messages: tuple[Message, ...]


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


def samples_of(
    consultation: Consultation, kind: TimerKind, *, next_slug: str = "", address: str = ""
) -> list[Sample]:
    """Return every message that a plan of this kind sends, in each language of the survey.

    `address` is where people reach the service.
    """
    state = State(session="", stage=Stage.STOPPED)
    if kind is TimerKind.THREE_MONTHS_ON:
        said = {
            where: _to_ask_again(state, channel, slug=next_slug, address=address)
            for channel, where in _CHANNELS.items()
        }
    else:
        said = {which: words.to_finish(state, each) for which, each in _SAMPLES[kind].items()}
    languages = current_survey(consultation).languages
    surveys = [begun_now(consultation, Setting(language=each)) for each in languages]
    return [
        Sample(which, tuple(with_way_out(said_in(survey, message)) for survey in surveys))
        for which, message in said.items()
    ]


def _asking_again(firing: Firing) -> Message:
    state, asked = state_of(firing.chat), firing.timer.schedule.next
    channel = firing.chat.participant.channel
    slug = asked.slug if asked is not None else ""
    return _to_ask_again(state, channel, slug=slug, address=firing.settings.council.address)


def _to_ask_again(state: State, channel: Channel, *, slug: str, address: str) -> Message:
    if channel is Channel.TELEGRAM:
        return words.to_ask_again(state, way="", start=pick_of(slug))
    if channel is Channel.SMS:
        return words.to_ask_again(state, way=words.ANSWER_BY_TEXT.format(slug=slug))
    page = f"{address.rstrip('/')}/consultations/{slug}"
    return words.to_ask_again(state, way=words.ANSWER_AT.format(address=page))
