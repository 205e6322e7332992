"""A chat in the person's own language and way: round `take_turn`, which speaks English.

Our own sentences are said in the survey's language; the survey's words are in it already. `/ways`
offers every variant and language, at any point, and the answers stay.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from surveys import reminding, writing_first
from surveys.catalogue import in_language, say
from surveys.chat_codes import MENTION as MENTION_CODE
from surveys.chat_codes import code_said, on_code
from surveys.conversation import take_turn
from surveys.engine import Survey
from surveys.piping import filled
from surveys.prompts import CARRY_ON, RETURN, answer_in_words, button, prompt_for
from surveys.shortening import in_parts, in_short_messages
from surveys.translations import language_name
from surveys.turns import (
    Button,
    ChangeWay,
    Command,
    Event,
    Message,
    Scene,
    Stage,
    Start,
    State,
    Tap,
    Text,
    Turn,
)
from surveys.typed import BUTTONS, plain
from surveys.wording import CARRY_ON as CARRY_ON_WORDS

WAYS = "-ways"
WAY, LANGUAGE = "-way:", "-lang:"  # before the code of what may be chosen
_PLACE = re.compile(r"\d{1,2}$", re.ASCII)
OTHER_WAYS = "Pictures, easy words, another language"
CHOOSE_WAY = "Choose how you would like to answer. All your answers stay."
HOW_TO_CHANGE = "Send /ways for pictures, easy words or another language."
_ASKED_FOR = frozenset({"ways", "way", "language", "languages", "pictures", "easy words"})
_WORDS_ARE_ANSWERS = frozenset({Stage.ASKING, Stage.OTHER})
_YES_OR_NO = {
    "cy": dict.fromkeys(("ie", "iawn", "ydw", "ydy", "oes", "gallwch", "gwnewch"), "yes")
    | dict.fromkeys(("na", "nage", "nac ydw", "dim diolch"), "no"),
    "pl": dict.fromkeys(("tak", "dobrze", "jasne", "zgoda"), "yes")
    | dict.fromkeys(("nie", "nie dziękuję"), "no"),
    "ur": dict.fromkeys(("ہاں", "جی ہاں", "جی", "ٹھیک ہے", "haan", "han", "ji"), "yes")
    | dict.fromkeys(("نہیں", "جی نہیں", "nahi", "nahin"), "no"),
}
_HELP_IN = {"cymorth": "help", "pomoc": "help", "مدد": "help", "madad": "help"}
_MEANT = {"Get help now": "help", "Yes, let’s start": "yes"}


def talk(survey: Survey, state: State, event: Event, scene: Scene) -> Turn:
    """Return what `event` leads to, as `take_turn` does, in the survey's language."""
    if chosen := _chosen_way(survey, state, event):
        return Turn(chosen, (), (ChangeWay(),))
    if _asks_for_ways(state, event) and has_ways(survey):
        return Turn(state, (_offer(survey, state),))
    code = code_said(survey, event) if state.step else None
    turn = on_code(survey, state, code) if code is not None else _taken(survey, state, event, scene)
    turn = _offering_reminder(state, turn, scene)
    messages = tuple([_spoken(survey, turn.state, each) for each in turn.messages])
    if isinstance(event, Command) and event.name == "help":
        messages = (*messages, *_more_help(survey))
    return Turn(turn.state, messages, turn.effects)


def _more_help(survey: Survey) -> tuple[Message, ...]:
    """Say what else may be sent here: for another way, and for a personal code."""
    more = (HOW_TO_CHANGE,) if has_ways(survey) else ()
    more = (*more, MENTION_CODE) if survey.joins is not None else more
    return tuple(said_in(survey, Message(each)) for each in more)


def _taken(survey: Survey, state: State, event: Event, scene: Scene) -> Turn:
    said = _in_english(event, survey.language, is_asked_yes=state.stage not in _WORDS_ARE_ANSWERS)
    wished = reminding.on_reminding(state, said, scene)
    return wished if wished is not None else take_turn(survey, state, said, scene)


def _offering_reminder(before: State, turn: Turn, scene: Scene) -> Turn:
    """Put the offer of a reminder under what is said to somebody who has just stopped."""
    has_just_stopped = turn.state.step != before.step and turn.messages
    if not has_just_stopped or not reminding.may_be_asked(turn.state, scene):
        return turn
    *earlier, last = turn.messages
    offered = last._replace(rows=(*last.rows, *reminding.offer_row(turn.state)))
    return turn._replace(messages=(*earlier, offered))


def said_in(survey: Survey, message: Message) -> Message:
    """Return a message of ours in the survey's language."""
    return _spoken(survey, State(session="", stage=Stage.STOPPED), message)


def ask_again(survey: Survey, state: State, scene: Scene) -> Turn:
    """Return the same step as `survey` words it, after the way was changed."""
    return talk(survey, state, Start(), scene)


def in_short(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """Return the same messages, the long ones as several short ones."""
    return tuple(part for message in messages for part in in_short_messages(message))


def all_in_parts(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Return the same messages, each long one as several short ones, whatever its style."""
    return tuple(part for message in messages for part in in_parts(message))


def spoken_prompt(survey: Survey, state: State, scene: Scene) -> Message | None:
    """Return what `state` waits for, as `prompt_for` does, in the survey's language."""
    prompt = prompt_for(survey, state, scene)
    return _spoken(survey, state, prompt) if prompt is not None else None


def said_so_far(survey: Survey, state: State) -> tuple[tuple[str, str], ...]:
    """Return the answers before the question asked now, which itself is among the messages."""
    rows = []
    for question in survey.path(state.answers):
        if question.code == state.asking and state.stage in {Stage.ASKING, Stage.OTHER}:
            break
        if question.code in state.answers and question.takes_answer:
            asked = filled(question, survey, state.answers).text
            rows.append(
                (asked, answer_in_words(question, state.answers[question.code], survey.language))
            )
    return tuple(rows)


def has_ways(survey: Survey) -> bool:
    """Return whether there is another variant or language to change to."""
    return len(survey.variants) > 1 or len(survey.languages) > 1


def _chosen_way(survey: Survey, state: State, event: Event) -> State | None:
    """Return the state in the way that was pressed, or said as "/ways 2"; None if none was."""
    if not isinstance(event, Tap | Text):
        return None
    value = _pressed(state, event)
    asked = (event.asks or event.text) if isinstance(event, Text) else ""
    if asked.startswith("/"):
        command, _, said = asked.strip().partition(" ")
        offered = _offered(survey)
        place = int(said) if command.lower() == "/ways" and _PLACE.fullmatch(said.strip()) else 0
        value = offered[place - 1][1] if 0 < place <= len(offered) else ""
    if value.startswith(WAY) and survey.variant(value.removeprefix(WAY)) is not None:
        return state.but(variant=value.removeprefix(WAY))
    if value.startswith(LANGUAGE) and value.removeprefix(LANGUAGE) in survey.languages:
        return state.but(language=value.removeprefix(LANGUAGE))
    return None


def _pressed(state: State, event: Event) -> str:
    """Return the value of the button of the current step that was pressed; else empty."""
    start = f"{state.session}.{state.step}."
    is_ours = isinstance(event, Tap) and event.token.startswith(start)
    return event.token.removeprefix(start) if isinstance(event, Tap) and is_ours else ""


def _asks_for_ways(state: State, event: Event) -> bool:
    match event:
        case Command(name=name):
            return name in _ASKED_FOR
        case Text(text=text, asks=asks):
            asked = asks or text
            if not asked.startswith("/"):
                return False
            # A number that is no way's is met with the ways, and never kept as an answer.
            said = _PLACE.sub("", plain(asked)).strip()
            return said.lstrip("/") in _ASKED_FOR
        case _:
            return _pressed(state, event) == WAYS


def _offer(survey: Survey, state: State) -> Message:
    on = CARRY_ON if state.stage is Stage.STOPPED else RETURN
    offered = (*_offered(survey), (say(survey.language, CARRY_ON_WORDS), on))
    rows = tuple((button(state, label, value),) for label, value in offered)
    return Message(say(survey.language, CHOOSE_WAY), rows, language=survey.language)


def _offered(survey: Survey) -> list[tuple[str, str]]:
    """Return the words and the value of each way and language that may be chosen."""
    ways = [(f"{v.symbol} {v.name}".strip(), WAY + v.code) for v in survey.variants]
    spoken = [(language_name(code), LANGUAGE + code) for code in survey.languages]
    return (ways if len(ways) > 1 else []) + (spoken if len(spoken) > 1 else [])


def stands_until_chosen(message: Message) -> bool:
    """Return whether these choices stand until one is made: a way, or whether we may write."""
    tokens = [each.token for row in message.rows for each in row]
    return writing_first.asks(message) or any(
        f".{mark}" in each for each in tokens for mark in (WAY, LANGUAGE)
    )


def _in_english(event: Event, language: str, *, is_asked_yes: bool) -> Event:
    """Return typed words that are the name of one of our buttons as its English name.

    A plain yes or no too, where we ask for it; as an answer, words stay as they were typed.
    """
    if language == "en" or not isinstance(event, Text):
        return event
    said = plain(event.text)
    name = _buttons_in(language).get(said) or _HELP_IN.get(said)
    if name is None and is_asked_yes:
        name = _YES_OR_NO.get(language, {}).get(said)
    return event if name is None else Text(_MEANT.get(name, name))


@lru_cache(maxsize=32)
def _buttons_in(language: str) -> Mapping[str, str]:
    """Return the English name of each button by its plain name in this language."""
    return {plain(say(language, name)): name for name in reversed(BUTTONS)}


def _spoken(survey: Survey, state: State, message: Message) -> Message:
    language = survey.language
    rows = message.rows
    if state.stage is Stage.WELCOME and rows and has_ways(survey):
        rows = (*rows, (button(state, OTHER_WAYS, WAYS),))
    if language == "en":
        return message if rows is message.rows else message._replace(rows=rows)
    parts = (in_language(part, language) for part in message.text.split("\n\n"))
    said = tuple(
        tuple([Button(_label(each.label, language), each.token) for each in row]) for row in rows
    )
    return message._replace(text="\n\n".join(parts), rows=said, language=language)


@lru_cache(maxsize=8_192)
def _label(label: str, language: str) -> str:
    """Return a button's words, which are ours or the survey's and no person's, in this language."""
    return in_language(label, language)
