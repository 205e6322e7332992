"""What is said to somebody who was not understood twice: another way, with what can be typed."""

from surveys import wording
from surveys.catalogue import say
from surveys.engine import Survey
from surveys.hearing import names_button
from surveys.postcodes import Postcode
from surveys.prompts import prompt_for
from surveys.questions import (
    AnyQuestion,
    CardSort,
    Date,
    Grid,
    Information,
    Number,
    OneOf,
    Pair,
    Percent,
    Ranking,
    Time,
)
from surveys.spellings import is_declining
from surveys.turns import Button, Event, Message, Scene, Stage, State, Text, Turn
from surveys.typed import Named, command_in, plain

UNCLEAR = "unclear"  # in a state: what was typed last was not understood
_A_NUMBER = 12
_SIXTY = "60"


def said_another_way(survey: Survey, before: State, event: Event, turn: Turn, scene: Scene) -> Turn:
    """Return the turn with other words where the ones before did not help, and note which it was.

    Every second time, so that something changes on the page each time. Who does not know, or would
    rather not say, is told at once that they need not.
    """
    if not _is_unclear(before, event, turn):
        return turn
    if _has_no_answer(survey, event) and _may_be_skipped(survey, turn.state, scene):
        return Turn(turn.state, (Message(wording.NO_NEED_TO_ANSWER), turn.messages[-1]))
    if before.last != UNCLEAR:
        return _with(turn, turn.state.but(last=UNCLEAR))
    words = _another_way(survey, turn.state, scene)
    if not words:
        return turn
    prompt = turn.messages[-1]
    return Turn(turn.state, (Message("\n\n".join((wording.ANOTHER_WAY, *words))), prompt))


def _with(turn: Turn, state: State) -> Turn:
    return Turn(state, turn.messages, turn.effects)


def _is_unclear(before: State, event: Event, turn: Turn) -> bool:
    """Return whether words were typed, and all that came of it is the same question again."""
    if not isinstance(event, Text) or turn.effects or not before.step or command_in(event.text):
        return False
    now = turn.state
    is_same = (now.stage, now.asking, now.picks) == (before.stage, before.asking, before.picks)
    has_remark = len(turn.messages) > 1 or now.stage is Stage.STOPPED
    return is_same and has_remark and not names_button(event.text)


def _has_no_answer(survey: Survey, event: Event) -> bool:
    return isinstance(event, Text) and is_declining(plain(event.text), survey.language)


def _may_be_skipped(survey: Survey, state: State, scene: Scene) -> bool:
    return any(each.label == wording.SKIP for each in _buttons(survey, state, scene))


def _buttons(survey: Survey, state: State, scene: Scene) -> list[Button]:
    prompt = prompt_for(survey, state, scene)
    return [button for row in prompt.rows for button in row] if prompt is not None else []


def _another_way(survey: Survey, state: State, scene: Scene) -> tuple[str, ...]:
    """Return an example of what can be typed, and the way round it; empty if there is none."""
    buttons = _buttons(survey, state, scene)
    question = survey.question(state.asking)
    if state.stage is not Stage.ASKING or question is None:
        return (_labels(buttons, survey.language),) if state.stage is not Stage.OTHER else ()
    example = _example(question)
    has_skip = any(each.label == wording.SKIP for each in buttons)
    return (example, wording.SKIP_OR_HELP if has_skip else wording.OR_HELP) if example else ()


def _labels(buttons: list[Button], language: str) -> str:
    labels = ", ".join(f"“{say(language, each.label)}”" for each in buttons)
    return wording.TYPE_ONE_OF.format(labels=labels)


def _example(question: AnyQuestion) -> str:
    match question:
        case Ranking():
            return wording.TYPE_ORDER
        case OneOf():
            return _of_these(question.options)
        case CardSort():
            return _of_these(question.piles)
        case Grid():
            return _of_these(question.columns)
        case Information():
            return wording.TYPE_GO_ON
        case Pair() | Percent():
            return wording.TYPE_FIGURES.format(number=_SIXTY)
        case _:
            return _written(question)


def _written(question: AnyQuestion) -> str:
    """Return how an answer is typed that is no choice; empty where any words are one."""
    match question:
        case Number(lowest=lowest, highest=highest):
            return wording.TYPE_FIGURES.format(number=max(lowest, min(_A_NUMBER, highest)))
        case Postcode():
            return wording.TYPE_POSTCODE
        case Date() | Time():
            return wording.how_to_type(question)
        case _:
            return ""


def _of_these(choices: tuple[Named, ...]) -> str:
    """Return what may be typed: none of the choices is named, so that none is urged.

    Most buttons carry no numbers, so a number is said to be a place.
    """
    called = [each.label for each in choices]
    if all(each.isascii() and each.isdigit() for each in called):
        return wording.TYPE_NUMBER.format(fewest=called[0], most=called[-1])
    return wording.TYPE_PLACE.format(number=len(called))
