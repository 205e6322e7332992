"""A survey as a chat: a pure turn, with no clock, no store and no word of any messenger."""

from dataclasses import replace

from surveys import wording
from surveys.answers import Answer, AnswerRefusedError, read_answer
from surveys.engine import Survey, next_question, progress_at, question_before
from surveys.questions import AnyQuestion, OneOf, Several
from surveys.turns import (
    BeginAgain,
    Button,
    Command,
    Consent,
    Edited,
    Effect,
    Event,
    Forget,
    KeepAnswer,
    Media,
    Message,
    RaiseConcern,
    Scene,
    Stage,
    Start,
    State,
    Style,
    Submit,
    Tap,
    Text,
    Turn,
    WishToHear,
)
from surveys.typed import NO, YES, command_in, find_options, plain

# Button values that are no option codes: a code cannot begin with a dash.
_SKIP, _BACK, _STOP, _HELP, _DONE = "-skip", "-back", "-stop", "-help", "-done"
_YES, _NO, _ON, _AGAIN = "-yes", "-no", "-on", "-again"
_NAMED = {_SKIP: "skip", _BACK: "back", _STOP: "stop", _HELP: "help"}


def take_turn(survey: Survey, state: State, event: Event, scene: Scene) -> Turn:
    """Return what `event` leads to: the new state, what to say, and what to keep.

    Never raises for anything a person can send. The same event on the same state always gives
    the same turn. A button that is not of the current step changes nothing and says so.
    """
    match event:
        case Start():
            return _on_start(survey, state, scene)
        case Command(name=name):
            return _on_command(survey, state, name, scene)
        case Media():
            return Turn(state, (Message(wording.NO_MEDIA),))
        case Edited():
            return Turn(state, (Message(wording.EDITED),))
        case Tap(token=token):
            return _on_tap(survey, state, token, scene)
        case Text(text=text):
            command = command_in(text)
            if command is not None:
                return _on_command(survey, state, command, scene)
            return _on_words(survey, state, text, scene)


def _on_start(survey: Survey, state: State, scene: Scene) -> Turn:
    match state.stage:
        case Stage.WELCOME:
            return _greet(survey, state, scene)
        case Stage.FINISHED:
            new = replace(state, step=state.step + 1)
            again = ((_button(new, wording.AGAIN, _AGAIN),),)
            return Turn(new, (Message(wording.FINISHED, again),))
        case Stage.STOPPED if not state.asking and not state.submitted:
            return _greet(survey, replace(state, stage=Stage.WELCOME), scene)
        case _:
            return _show(survey, _resumed(state), scene, first=Message(wording.WELCOME_BACK))


def _greet(survey: Survey, state: State, scene: Scene) -> Turn:
    new = replace(state, step=state.step + 1)
    rows = (
        (_button(new, wording.YES_START, _YES),),
        (_button(new, wording.NO_START, _NO),),
    )
    hello = Message(wording.welcome(survey, scene))
    return Turn(new, (hello, Message(wording.privacy(survey, scene), rows)))


def _resumed(state: State) -> State:
    return replace(state, stage=state.before) if state.stage is Stage.STOPPED else state


def _on_command(survey: Survey, state: State, name: str, scene: Scene) -> Turn:
    match name:
        case "help":
            return Turn(state, (Message(wording.help_card(scene)),))
        case "sos":
            return Turn(state, (Message(wording.asked_for_help(scene)),), (RaiseConcern(),))
        case "start":
            return _on_start(survey, state, scene)
        case "delete" if state.stage is not Stage.FORGETTING:
            return _ask_to_forget(state)
        case "stop":
            return _stop(state)
        case "skip" | "back" if state.stage in {Stage.ASKING, Stage.OTHER, Stage.WISH}:
            return (_skip if name == "skip" else _back)(survey, state, scene)
        case _:
            return _show(survey, state, scene, first=Message(wording.UNKNOWN_COMMAND))


def _ask_to_forget(state: State) -> Turn:
    new = replace(state, step=state.step + 1, stage=Stage.FORGETTING, before=state.stage)
    rows = (
        (_button(new, wording.YES_DELETE, _YES),),
        (_button(new, wording.NO_DELETE, _NO),),
    )
    return Turn(new, (Message(wording.ASK_DELETE, rows),))


def _stop(state: State) -> Turn:
    if state.stage in {Stage.STOPPED, Stage.FINISHED}:
        return Turn(state, (Message(wording.STOPPED if not state.submitted else wording.FINISHED),))
    before = state.before if state.stage is Stage.FORGETTING else state.stage
    new = replace(state, step=state.step + 1, stage=Stage.STOPPED, before=before, picks=())
    carry_on = ((_button(new, wording.CARRY_ON, _ON),),)
    return Turn(new, (Message(wording.STOPPED, carry_on),))


def _skip(survey: Survey, state: State, scene: Scene) -> Turn:
    if state.stage is Stage.WISH:
        return _finish(survey, state, scene, will_hear=False)
    question = survey.question(state.asking)
    if state.stage is Stage.OTHER and question is not None:
        return _keep(survey, state, Answer(question.code, state.picks), scene)
    return _read(survey, state, (), scene)


def _back(survey: Survey, state: State, scene: Scene) -> Turn:
    if state.stage is Stage.OTHER:
        return _show(survey, replace(state, stage=Stage.ASKING, picks=()), scene)
    path = survey.path(state.answers)
    before = path[-1] if state.stage is Stage.WISH else None
    before = before or question_before(survey, state.answers, state.asking)
    if before is None:
        return _show(survey, state, scene, first=Message(wording.FIRST))
    new = replace(state, stage=Stage.ASKING, asking=before.code, picks=())
    return _show(survey, new, scene)


def _on_tap(survey: Survey, state: State, token: str, scene: Scene) -> Turn:
    session, _, rest = token.partition(".")
    step, _, value = rest.partition(".")
    if session != state.session or step != str(state.step) or not value:
        return Turn(state, (Message(wording.STALE, style=Style.TOAST),))
    if value in _NAMED:
        return _on_command(survey, state, _NAMED[value], scene)
    match state.stage:
        case Stage.ASKING:
            return _on_option(survey, state, value, scene)
        case Stage.FINISHED if value == _AGAIN:
            return Turn(state, (), (BeginAgain(),))
        case Stage.WELCOME | Stage.WISH | Stage.FORGETTING | Stage.STOPPED:
            return _on_yes_or_no(survey, state, scene, yes=value in {_YES, _ON})
        case _:
            return Turn(state, (Message(wording.STALE, style=Style.TOAST),))


def _on_option(survey: Survey, state: State, value: str, scene: Scene) -> Turn:
    question = survey.question(state.asking)
    if not isinstance(question, Several):
        return _read(survey, state, (value,), scene)
    if value == _DONE:
        return _read(survey, state, state.picks, scene)
    option = question.option(value)
    if option is None:
        return Turn(state, (Message(wording.STALE, style=Style.TOAST),))
    if value in state.picks:
        picks = tuple(code for code in state.picks if code != value)
    else:
        alone = {each.code for each in question.options if each.exclusive}
        kept = () if option.exclusive else tuple(c for c in state.picks if c not in alone)
        picks = (*kept, value)
    new = replace(state, picks=picks)
    return Turn(new, (replace(_ask(survey, new, question), style=Style.EDIT),))


def _on_yes_or_no(survey: Survey, state: State, scene: Scene, *, yes: bool) -> Turn:
    match state.stage:
        case Stage.WELCOME if yes:
            return _go_on(survey, state, scene, effects=(Consent(),))
        case Stage.WELCOME:
            declined = replace(state, step=state.step + 1, stage=Stage.STOPPED)
            return Turn(declined, (Message(wording.DECLINED),), (Forget(),))
        case Stage.WISH:
            return _finish(survey, state, scene, will_hear=yes)
        case Stage.FORGETTING if yes:
            gone = State(session=state.session, step=state.step + 1, stage=Stage.STOPPED)
            return Turn(gone, (Message(wording.DELETED),), (Forget(),))
        case Stage.FORGETTING:
            return _show(survey, replace(state, stage=state.before), scene)
        case _:
            return _on_start(survey, state, scene)


def _on_words(survey: Survey, state: State, text: str, scene: Scene) -> Turn:
    match state.stage:
        case Stage.ASKING:
            return _on_typed_answer(survey, state, text, scene)
        case Stage.OTHER:
            return _read(survey, state, state.picks, scene, other=text)
        case Stage.STOPPED | Stage.FINISHED if plain(text) not in YES:
            return _when_not_asking(state)
        case _ if plain(text) in YES | NO:
            return _on_yes_or_no(survey, state, scene, yes=plain(text) in YES)
        case _:
            return _show(survey, state, scene, first=Message(wording.WELCOME_UNCLEAR))


def _when_not_asking(state: State) -> Turn:
    if state.stage is Stage.FINISHED:
        return Turn(state, (Message(wording.FINISHED),))
    carry_on = ((_button(state, wording.CARRY_ON, _ON),),)
    return Turn(state, (Message(wording.IS_STOPPED, carry_on),))


def _on_typed_answer(survey: Survey, state: State, text: str, scene: Scene) -> Turn:
    question = survey.question(state.asking)
    if not isinstance(question, OneOf):
        return _read(survey, state, (text,), scene)
    if isinstance(question, Several) and plain(text) == plain(wording.DONE_CHOOSING):
        return _read(survey, state, state.picks, scene)
    chosen = find_options(question, text)
    if not chosen:
        return _show(survey, state, scene, first=Message(wording.NOT_UNDERSTOOD))
    return _read(survey, state, chosen, scene)


def _read(
    survey: Survey, state: State, raw: tuple[str, ...], scene: Scene, *, other: str = ""
) -> Turn:
    """Read the answer and go on, ask for the words that go with it, or say why it is refused."""
    question = survey.question(state.asking)
    if question is None:
        return _go_on(survey, state, scene)
    try:
        answer = read_answer(question, raw, other=other)
    except AnswerRefusedError as refused:
        return _show(survey, state, scene, first=Message(wording.REFUSED[refused.refusal]))
    if state.stage is Stage.ASKING and isinstance(question, OneOf):
        options = (question.option(code) for code in answer.values)
        if any(option is not None and option.specify for option in options):
            # The choice is kept at once: whoever never sends the words still has answered.
            new = replace(
                state,
                stage=Stage.OTHER,
                picks=answer.values,
                answers={**state.answers, answer.question: answer},
            )
            return _show(survey, new, scene, effects=(KeepAnswer(answer),))
    return _keep(survey, state, answer, scene)


def _keep(survey: Survey, state: State, answer: Answer, scene: Scene) -> Turn:
    answers = {**state.answers, answer.question: answer}
    new = replace(state, stage=Stage.ASKING, picks=(), answers=answers)
    return _go_on(survey, new, scene, effects=(KeepAnswer(answer),))


def _go_on(survey: Survey, state: State, scene: Scene, *, effects: tuple[Effect, ...] = ()) -> Turn:
    """Ask the next question; at the end, submit and ask whether to tell them what was done."""
    question = next_question(survey, state.answers)
    if question is not None:
        asking = replace(state, stage=Stage.ASKING, asking=question.code, picks=())
        return _show(survey, asking, scene, effects=effects)
    at_end = replace(state, stage=Stage.WISH, submitted=True)
    return _show(survey, at_end, scene, effects=(*effects, Submit()))


def _finish(survey: Survey, state: State, scene: Scene, *, will_hear: bool) -> Turn:
    new = replace(state, step=state.step + 1, stage=Stage.FINISHED)
    thanks = Message(wording.thanks(survey, scene, will_hear=will_hear))
    return Turn(new, (thanks,), (WishToHear(will_hear),))


def _show(
    survey: Survey,
    state: State,
    scene: Scene,
    *,
    first: Message | None = None,
    effects: tuple[Effect, ...] = (),
) -> Turn:
    """Say `first`, then ask again whatever the state is waiting for, with fresh buttons."""
    before = (first,) if first is not None else ()
    match state.stage:
        case Stage.ASKING | Stage.OTHER:
            new = replace(state, step=state.step + 1)
            question = survey.question(new.asking)
            if question is None:
                return _go_on(survey, state, scene, effects=effects)
            return Turn(new, (*before, _ask(survey, new, question)), effects)
        case Stage.WISH:
            new = replace(state, step=state.step + 1)
            tell = (_button(new, wording.YES_TELL, _YES), _button(new, wording.NO_TELL, _NO))
            rows = (tell, (_button(new, wording.BACK, _BACK),))
            return Turn(new, (*before, Message(wording.WISH, rows)), effects)
        case Stage.WELCOME:
            greeting = _greet(survey, state, scene)
            return Turn(greeting.state, (*before, greeting.messages[-1]), effects)
        case Stage.FORGETTING:
            asked = _ask_to_forget(state)
            again = replace(asked.state, before=state.before)
            return Turn(again, (*before, *asked.messages), effects)
        case _:
            return Turn(state, (*before, *_when_not_asking(state).messages), effects)


def _ask(survey: Survey, state: State, question: AnyQuestion) -> Message:
    if state.stage is Stage.OTHER:
        return Message(wording.SPECIFY, _navigation(state, question))
    progress = progress_at(survey, state.answers, question.code)
    parts = [f"Question {progress.number} of {progress.total}"]
    parts += [part for part in (question.intro, question.text, question.hint) if part]
    if isinstance(question, Several):
        parts.append(wording.CHOOSE_MORE)
    elif not isinstance(question, OneOf):
        parts.append(wording.TYPE_ANSWER)
    rows = _option_rows(state, question) if isinstance(question, OneOf) else ()
    return Message("\n\n".join(parts), (*rows, *_navigation(state, question)))


def _option_rows(state: State, question: OneOf) -> tuple[tuple[Button, ...], ...]:
    buttons = []
    for option in question.options:
        label = f"{option.symbol} {option.label}".strip()
        mark = "✅ " if option.code in state.picks else ""
        buttons.append(_button(state, mark + label, option.code))
    rows = tuple((button,) for button in buttons)
    if isinstance(question, Several):
        return (*rows, (_button(state, wording.DONE_CHOOSING, _DONE),))
    return rows


def _navigation(state: State, question: AnyQuestion) -> tuple[tuple[Button, ...], ...]:
    skip = () if question.required else (_button(state, wording.SKIP, _SKIP),)
    return (
        (*skip, _button(state, wording.BACK, _BACK), _button(state, wording.STOP, _STOP)),
        (_button(state, wording.HELP, _HELP),),
    )


def _button(state: State, label: str, value: str) -> Button:
    return Button(label, f"{state.session}.{state.step}.{value}")
