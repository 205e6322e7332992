"""One step of a conversation: read what was given, keep it, go on, ask whatever comes next."""

from surveys import ages, wording
from surveys.answers import Answer, AnswerRefusedError, read_answer
from surveys.engine import Answers, Survey, is_declined, next_question
from surveys.media_turns import is_more_welcome
from surveys.once import once_for_each
from surveys.prompts import ask, prompt_for
from surveys.questions import AnyQuestion, OneOf, Option
from surveys.turns import (
    Effect,
    Forget,
    KeepAnswer,
    Message,
    Scene,
    Stage,
    State,
    Submit,
    Turn,
    WishToHear,
)


def read(
    survey: Survey, state: State, raw: tuple[str, ...], scene: Scene, *, other: str = ""
) -> Turn:
    """Read the answer and go on, ask for the words that go with it, or say why it is refused."""
    question = survey.question(state.asking)
    if question is None:
        return go_on(survey, state, scene)
    return read_to(question, survey, state, raw, scene, other=other)


def read_to(
    question: AnyQuestion,
    survey: Survey,
    state: State,
    raw: tuple[str, ...],
    scene: Scene,
    *,
    other: str = "",
) -> Turn:
    """Return what `read` does, for whoever has the question that is asked now in hand."""
    try:
        answer = read_answer(question, raw, other=other)
    except AnswerRefusedError as refused:
        why = wording.refused(refused.refusal, question)
        return show(survey, state, scene, first=Message(why))
    if state.stage is Stage.ASKING and _asks_for_words(question, answer):
        # The choice is kept at once: whoever never sends the words still has answered.
        return _wait_for_more(survey, state.but(stage=Stage.OTHER), answer, scene)
    if is_more_welcome(question, answer):
        return _wait_for_more(survey, state, answer, scene)
    return keep(survey, state, question, answer, scene)


def _wait_for_more(survey: Survey, state: State, answer: Answer, scene: Scene) -> Turn:
    """Keep what was said so far, and ask for what goes with it."""
    answers = {**state.answers, answer.question: answer}
    waiting = state.but(picks=answer.values, answers=answers)
    return show(survey, waiting, scene, effects=(KeepAnswer(answer),))


def keep(survey: Survey, state: State, question: AnyQuestion, answer: Answer, scene: Scene) -> Turn:
    """Keep the answer and go on; where somebody does not agree, end here and keep nothing."""
    answers = {**state.answers, answer.question: answer}
    if is_declined(question, answers):
        gone = State(session=state.session, step=state.step + 1, stage=Stage.STOPPED)
        return Turn(gone, (Message(wording.not_agreed(scene)),), (Forget(),))
    return go_on(survey, state, scene, answers=answers, effects=(KeepAnswer(answer),))


def go_on(
    survey: Survey,
    state: State,
    scene: Scene,
    *,
    answers: Answers | None = None,
    effects: tuple[Effect, ...] = (),
) -> Turn:
    """Ask the next question; at the end, submit and ask whether to tell them what was done.

    `answers` are those there are now, if they are not the state's own.
    """
    answers = state.answers if answers is None else answers
    question = next_question(survey, answers)
    if question is None:
        at_end = state.but(stage=Stage.WISH, picks=(), answers=answers, submitted=True)
        return show(survey, at_end, scene, effects=(*effects, Submit()))
    code = question.code
    new = state.but(step=state.step + 1, stage=Stage.ASKING, asking=code, picks=(), answers=answers)
    return Turn(new, (ask(survey, new, question),), effects)


def _asks_for_words(question: AnyQuestion, answer: Answer) -> bool:
    """Return whether an option was chosen that people say more about in words of their own."""
    return isinstance(question, OneOf) and not _with_words(question.options).isdisjoint(
        answer.values
    )


@once_for_each(4_096)
def _with_words(options: tuple[Option, ...]) -> frozenset[str]:
    return frozenset(option.code for option in options if option.specify)


def finish(survey: Survey, state: State, scene: Scene, *, will_hear: bool) -> Turn:
    """Thank them, and keep whether to tell them what was done."""
    new = state.but(step=state.step + 1, stage=Stage.FINISHED)
    thanks = Message(wording.thanks(survey, scene, will_hear=will_hear))
    return Turn(new, (thanks,), (WishToHear(will_hear),))


def show(
    survey: Survey,
    state: State,
    scene: Scene,
    *,
    first: Message | None = None,
    effects: tuple[Effect, ...] = (),
) -> Turn:
    """Say `first`, then ask again whatever the state is waiting for, with fresh buttons."""
    if state.stage is Stage.WELCOME and ages.must_be_asked(state, scene):
        state = state.but(stage=Stage.AGE)
    new = state.but(step=state.step + 1)
    prompt = prompt_for(survey, new, scene)
    if prompt is None:
        return go_on(survey, state, scene, effects=effects)
    before = (first,) if first is not None else ()
    return Turn(new, (*before, prompt), effects)
