"""A survey tried out by its author: one walk, seen on a phone and as a chat, and kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from surveys.answers import Answer
from surveys.engine import Survey, is_declined, next_question, question_before
from surveys.fitting import THE_USUAL, Setting, fit
from surveys.pages import Page, Pages, page_with, pages_of, ungrouped
from surveys.questions import AnyQuestion
from surveys.talking import ask_again, spoken_prompt, stands_until_chosen, talk
from surveys.turns import (
    BeginAgain,
    ChangeWay,
    Effect,
    Event,
    Forget,
    Message,
    RaiseConcern,
    Scene,
    Stage,
    Start,
    State,
    Style,
    Submit,
)
from surveys.variants import Presentation

_SESSION = "try"
_AT_THE_END = frozenset({Stage.WISH, Stage.FINISHED})
_DONE = {
    Submit: "Here the answers would be sent in.",
    Forget: "Here everything answered so far would be deleted.",
    RaiseConcern: "Here a member of staff would be told that somebody asked for help.",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """Where a walk stands: the state, what the chat says now, and what would have been done."""

    state: State
    messages: tuple[Message, ...]
    done: tuple[str, ...] = ()  # in words; nothing of it was
    is_over: bool = False  # everything was deleted: there is only beginning again


@dataclass(frozen=True, slots=True)
class Stand:
    """The survey that is tried, and what its chat knows of the council."""

    survey: Survey
    scene: Scene
    who: Setting = THE_USUAL  # through what and as whom it is answered

    def asked(self, state: State) -> Survey:
        """Return the survey as it is asked in the way and language of `state`."""
        return fit(self.survey, self.who._replace(variant=state.variant, language=state.language))


def begin(stand: Stand, setting: Setting) -> Trial:
    """Return the first words of the chat, to somebody asked as `setting` says."""
    new = State(session=_SESSION, variant=setting.variant, language=setting.language)
    return say(stand, new, Start())


def say(stand: Stand, state: State, event: Event) -> Trial:
    """Return what a tap, words or a file lead to in the chat; the turn is the real one."""
    survey = stand.asked(state)
    turn = talk(survey, state, event, stand.scene)
    if BeginAgain() in turn.effects:
        return begin(stand, Setting(variant=state.variant, language=state.language))
    if ChangeWay() in turn.effects:
        turn = ask_again(stand.asked(turn.state), turn.state, stand.scene)
    is_over = Forget() in turn.effects
    prompt = None if is_over else spoken_prompt(stand.asked(turn.state), turn.state, stand.scene)
    return Trial(turn.state, _ending_in(turn.messages, prompt), _in_words(turn.effects), is_over)


def answer(stand: Stand, state: State, given: Sequence[Answer]) -> Trial:
    """Return where the answers of a page on the phone lead; the chat goes along."""
    survey = stand.asked(state)
    answers = {**state.answers, **{each.question: each for each in given}}
    asked = (survey.question(each.question) for each in given)
    if any(question is not None and is_declined(question, answers) for question in asked):
        gone = State(_SESSION, stage=Stage.STOPPED, variant=state.variant, language=state.language)
        return Trial(gone, (), _in_words((Forget(),)), is_over=True)
    done = () if next_question(survey, answers) is not None else _in_words((Submit(),))
    return replace(show(stand, replace(state, answers=answers, asking="")), done=done)


def step_back(stand: Stand, state: State, asking: str) -> Trial:
    """Return the step before the question with this code, or before the end, where it is none."""
    survey = stand.asked(state)
    path = survey.path(state.answers)
    before = question_before(survey, state.answers, asking) if asking else (path or (None,))[-1]
    return show(stand, replace(state, asking=before.code if before is not None else asking))


def show(stand: Stand, state: State) -> Trial:
    """Return the walk at the question of `state`, or at the next one without answer, or the end."""
    survey = stand.asked(state)
    question = survey.question(state.asking) or next_question(survey, state.answers)
    stage, asking = (Stage.ASKING, question.code) if question is not None else (Stage.WISH, "")
    submitted = state.submitted or question is None
    new = replace(
        state, step=state.step + 1, stage=stage, asking=asking, picks=(), submitted=submitted
    )
    prompt = spoken_prompt(survey, new, stand.scene)
    return Trial(new, (prompt,) if prompt is not None else ())


def on_phone(survey: Survey, state: State) -> AnyQuestion | None:
    """Return the question that the phone shows meanwhile; None at the end."""
    if state.stage in _AT_THE_END:
        return None
    return survey.question(state.asking) or next_question(survey, state.answers)


def pages_on_phone(survey: Survey, state: State) -> Pages:
    """Return the pages of the walk as a phone shows them: with pictures, each question alone."""
    one_by_one = survey.presentation is Presentation.SYMBOLS
    return pages_of(ungrouped(survey) if one_by_one else survey, state.answers)


def page_on_phone(survey: Survey, state: State) -> Page:
    """Return what stands on the phone's page now; nothing at the end."""
    question = on_phone(survey, state)
    return page_with(pages_on_phone(survey, state), question.code) if question is not None else ()


def _ending_in(said: tuple[Message, ...], prompt: Message | None) -> tuple[Message, ...]:
    """Return what was said, ending in what the chat waits for, with buttons that work."""
    said = tuple(each for each in said if not each.is_echo)  # the walk so far says it already
    if prompt is None or (said and stands_until_chosen(said[-1])):
        return said
    if said and said[-1].style is not Style.TOAST and said[-1].rows == prompt.rows:
        return said
    return (*said, prompt)


def _in_words(effects: tuple[Effect, ...]) -> tuple[str, ...]:
    return tuple(_DONE[type(each)] for each in effects if type(each) in _DONE)
