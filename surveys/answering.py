"""An answer to the question asked now, pressed or typed: whole, or in parts."""

from surveys import wording
from surveys.engine import Survey
from surveys.meant import number_typed, options_meant
from surveys.media_turns import has_sent
from surveys.parts import DONE, IN_PARTS, InParts, Part, raw_of, take_tap, take_words
from surveys.prompts import NEXT, ask, asked_now
from surveys.questions import (
    CardSort,
    Choice,
    Consent,
    Faces,
    FreeText,
    Information,
    Number,
    OneOf,
    Percent,
    Ranking,
    Scale,
    Several,
    ShortText,
)
from surveys.sorting import put, say_pile
from surveys.steps import go_on, read, read_to, show
from surveys.turns import Message, Scene, State, Style, Turn
from surveys.typed import SAY_GO_ON, plain
from surveys.wording_parts import not_understood, part_said

_Choosable = Choice | Several | Scale | Faces | Consent
_WRITTEN = FreeText, ShortText  # a tuple, for it is asked at every turn
_DONE = plain(wording.DONE_CHOOSING)
STALE = Message(wording.STALE, style=Style.TOAST)


def on_pressed(survey: Survey, state: State, value: str, scene: Scene) -> Turn:
    """Return what comes of pressing this button of the question; an old one says that it is."""
    question = survey.question(state.asking)
    if isinstance(question, CardSort):
        return _on_pile(survey, state, question, value, scene)
    if isinstance(question, IN_PARTS):
        return _on_part(survey, state, take_tap(question, state.picks, value), scene)
    if isinstance(question, Information) and value == NEXT:
        return read(survey, state, (), scene)
    if isinstance(question, Several) and value == DONE:
        return read(survey, state, state.picks, scene)
    if has_sent(question, state) and value == DONE:
        return go_on(survey, state, scene)
    option = question.option(value) if isinstance(question, OneOf) else None
    if option is None:
        return Turn(state, (STALE,))
    if not isinstance(question, Several):
        return read(survey, state, (value,), scene)
    new = state.but(picks=question.toggled(state.picks, value))
    return Turn(new, (ask(survey, new, question)._replace(style=Style.EDIT),))


def _on_pile(survey: Survey, state: State, question: CardSort, said: str, scene: Scene) -> Turn:
    """Put the card shown into the pile that was said, and show the next one."""
    new = put(question, state, said, survey.language)
    if new is None:
        return show(survey, state, scene, first=Message(wording.NOT_UNDERSTOOD))
    if question.next_card(new.picks) is None:
        return read(survey, new, new.picks, scene)
    echo = Message(say_pile(question, new), style=Style.EDIT)
    return show(survey, new, scene, first=echo)


def _on_part(survey: Survey, state: State, part: Part | None, scene: Scene) -> Turn:
    """Take in a tap that answers one part: draw it again, ask the next part, or read the whole."""
    question = survey.question(state.asking)
    if part is None or not isinstance(question, IN_PARTS):
        return Turn(state, (STALE,))
    if part.is_whole:
        return read(survey, state, raw_of(question, part.picks), scene)
    new = state.but(picks=part.picks)
    if part.is_same:
        return Turn(new, (ask(survey, new, question)._replace(style=Style.EDIT),))
    said = Message(part_said(asked_now(survey, state, question), part.picks), style=Style.EDIT)
    return show(survey, new, scene, first=said)


def _on_typed_part(
    survey: Survey, state: State, question: InParts, text: str, scene: Scene
) -> Turn:
    part = take_words(question, state.picks, text, survey.language)
    if part is None:
        return show(survey, state, scene, first=Message(not_understood(question)))
    if part.is_whole:
        return read(survey, state, raw_of(question, part.picks), scene)
    return show(survey, state.but(picks=part.picks), scene)


def on_typed(survey: Survey, state: State, text: str, scene: Scene) -> Turn:
    """Return what comes of typing these words in answer; what is unclear is asked again."""
    question = survey.question(state.asking)
    if isinstance(question, _WRITTEN):
        return read_to(question, survey, state, (text,), scene)
    if isinstance(question, OneOf) and not isinstance(question, Ranking):
        return _on_typed_choice(survey, state, question, text, scene)
    if isinstance(question, CardSort):
        return _on_pile(survey, state, question, text, scene)
    if isinstance(question, IN_PARTS):
        return _on_typed_part(survey, state, question, text, scene)
    if isinstance(question, Information) and plain(text) not in SAY_GO_ON:
        return show(survey, state, scene, first=Message(wording.READ_ON))
    if has_sent(question, state) and plain(text) == _DONE:
        return go_on(survey, state, scene)
    if isinstance(question, Number | Percent):
        return read(survey, state, (number_typed(text, survey.language),), scene)
    return read(survey, state, (text,), scene)


def _on_typed_choice(
    survey: Survey, state: State, question: _Choosable, text: str, scene: Scene
) -> Turn:
    if isinstance(question, Several) and plain(text) == _DONE:
        return read(survey, state, state.picks, scene)
    chosen = options_meant(question, text, survey.language)
    if not chosen:
        # The same buttons again: a press that these words overtook still counts.
        return Turn(state, (Message(wording.NOT_UNDERSTOOD), ask(survey, state, question)))
    return read_to(question, survey, state, chosen, scene)
