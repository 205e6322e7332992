"""A personal code in a chat: `/code K7M-9QX-3CDF`, and `/code off` to part the answers again.

One message says it all, so that nothing of a code waits in a state that is stored. The reply never
repeats it.
"""

from collections.abc import Sequence

from surveys.engine import Survey
from surveys.joining import Side
from surveys.personal_codes import read_personal_code
from surveys.prompts import way_on
from surveys.turns import (
    Command,
    DropCode,
    Effect,
    Event,
    Message,
    Stage,
    State,
    Text,
    Turn,
    UseCode,
)
from surveys.typed import plain

HOW = (
    "Do you have a code? Send it like this: /code K7M-9QX-3CDF. To take it off again, send "
    "/code off."
)
KEPT = (
    "Thank you. These answers go with your code now. You may want to delete your message with the "
    "code from this chat."
)
WRONG = (
    "This is not one of our codes. Check each letter, and send it again. You can go on without a "
    "code, too."
)
WHOSE = "Who are you? Send your code again, with a space and your number after it:"
OFF = "We took the code off. These answers stand alone again."
FIRST = "Please say yes first. Then send your code."
NONE = "We use no codes here. Your answers are safe."
MENTION = "Do you have a code? Send /code."
_COMMAND = "/code"
_ASKED_FOR = frozenset({"i have a code", "my code"})
_OFF = frozenset({"off", "stop", "no"})


def code_said(survey: Survey, event: Event) -> str | None:
    """Return what was typed after `/code`, perhaps nothing; None if this asks for no code."""
    match event:
        case Command(name="code"):
            return ""
        case Text(text=text) if survey.joins is not None and plain(text) in _ASKED_FOR:
            return ""
        case Text(text=text):
            command, _, rest = text.strip().partition(" ")
            return rest.strip() if command.casefold() == _COMMAND else None
        case _:
            return None


def on_code(survey: Survey, state: State, said: str) -> Turn:
    """Return what comes of `said` after `/code`: how to, a refusal, or that the answers go with it.

    Whoever has not said yes has no answers to be kept together. The question asked now stays.
    """
    if survey.joins is None:
        return _turn(state, NONE)
    if not _has_begun(state):
        return _turn(state, FIRST)
    if plain(said) in _OFF:
        return _turn(state, OFF, DropCode())
    if not said:
        return _turn(state, HOW)
    code, rest = _code_in(said.split())
    side = _side_in(survey.sides, rest)
    if not code:
        return _turn(state, WRONG)
    if side is None:
        named = "\n".join(f"{n} {side.label}" for n, side in enumerate(survey.sides, start=1))
        return _turn(state, f"{WHOSE}\n\n{named}")
    return _turn(state, KEPT, UseCode(code, side))


def _has_begun(state: State) -> bool:
    has_answered = bool(state.asking) or state.submitted
    return state.stage not in {Stage.WELCOME, Stage.AGE} and has_answered


def _code_in(words: Sequence[str]) -> tuple[str, str]:
    """Return the code that these words begin with, and what comes after it; empty if none."""
    for end in range(len(words), 0, -1):
        if code := read_personal_code("".join(words[:end])):
            return code, " ".join(words[end:])
    return "", ""


def _side_in(sides: Sequence[Side], said: str) -> str | None:
    """Return the side that was said, by number or by name; None if it must be said."""
    if len(sides) <= 1:
        return next((side.code for side in sides), "")
    for number, side in enumerate(sides, start=1):
        if plain(said) in {str(number), side.code, plain(side.label)}:
            return side.code
    return None


def _turn(state: State, words: str, *effects: Effect) -> Turn:
    return Turn(state, (Message(words, way_on(state)),), effects)
