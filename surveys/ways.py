"""`/ways`: every variant and language of a survey, offered at any point; the answers stay."""

import re

from surveys.catalogue import say
from surveys.engine import Survey
from surveys.prompts import CARRY_ON, RETURN, button
from surveys.translations import language_name
from surveys.turns import Command, Event, Message, Stage, State, Tap, Text
from surveys.typed import plain
from surveys.wording import CARRY_ON as CARRY_ON_WORDS

WAYS = "-ways"
WAY, LANGUAGE = "-way:", "-lang:"  # before the code of what may be chosen
OFFERED = "-offered"  # in a state: the ways were offered just now
_PLACE = re.compile(r"\d{1,2}$", re.ASCII)
OTHER_WAYS = "Pictures, easy words, another language"
CHOOSE_WAY = "Choose how you would like to answer. All your answers stay."
HOW_TO_CHANGE = "Send /ways for pictures, easy words or another language."
_ASKED_FOR = frozenset({"ways", "way", "language", "languages", "pictures", "easy words"})
_WORDS_ARE_ANSWERS = frozenset({Stage.ASKING, Stage.OTHER})


def has_ways(survey: Survey) -> bool:
    """Return whether there is another variant or language to change to."""
    return len(survey.variants) > 1 or len(survey.languages) > 1


def chosen_way(survey: Survey, state: State, event: Event) -> State | None:
    """Return the state in the way that was pressed, or said as "/ways 2"; None if none was."""
    if not isinstance(event, Tap | Text):
        return None
    value = _pressed(state, event) or _named(survey, state, event)
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


def _named(survey: Survey, state: State, event: Event) -> str:
    """Return the value of the way whose words were typed, where these are no answer; or empty."""
    are_answers = state.stage in _WORDS_ARE_ANSWERS and state.last != OFFERED
    if are_answers or not isinstance(event, Text):
        return ""
    said = plain(event.text)
    return next((value for words, value in _offered(survey) if said == plain(words)), "")


def _pressed(state: State, event: Event) -> str:
    """Return the value of the button of the current step that was pressed; else empty."""
    start = f"{state.session}.{state.step}."
    is_ours = isinstance(event, Tap) and event.token.startswith(start)
    return event.token.removeprefix(start) if isinstance(event, Tap) and is_ours else ""


def asks_for_ways(survey: Survey, state: State, event: Event) -> bool:
    """Return whether this asks which ways there are."""
    match event:
        case Command(name=name):
            return name in _ASKED_FOR
        case Text(text=text, asks=asks):
            asked = asks or text
            if not asked.startswith("/"):
                return plain(asked) in _labels(survey.language)
            # A number that is no way's is met with the ways, and never kept as an answer.
            said = _PLACE.sub("", plain(asked)).strip()
            return said.lstrip("/") in _ASKED_FOR
        case _:
            return _pressed(state, event) == WAYS


def _labels(language: str) -> frozenset[str]:
    return frozenset({plain(OTHER_WAYS), plain(say(language, OTHER_WAYS))})


def offer(survey: Survey, state: State) -> Message:
    """Return all the ways, with a button for each, and one to go on as before."""
    on = CARRY_ON if state.stage is Stage.STOPPED else RETURN
    offered = (*_offered(survey), (say(survey.language, CARRY_ON_WORDS), on))
    rows = tuple((button(state, label, value),) for label, value in offered)
    return Message(say(survey.language, CHOOSE_WAY), rows, language=survey.language)


def _offered(survey: Survey) -> list[tuple[str, str]]:
    """Return the words and the value of each way and language that may be chosen."""
    ways = [(f"{v.symbol} {v.name}".strip(), WAY + v.code) for v in survey.variants]
    spoken = [(language_name(code), LANGUAGE + code) for code in survey.languages]
    return (ways if len(ways) > 1 else []) + (spoken if len(spoken) > 1 else [])
