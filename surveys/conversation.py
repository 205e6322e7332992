"""A survey as a chat: a pure turn, with no clock, no store and no word of any messenger."""

from surveys import ages, turns, wording
from surveys.answering import STALE, on_pressed, on_typed
from surveys.answers import Answer
from surveys.engine import Survey, question_before
from surveys.media_turns import after, has_sent, is_command, is_file, why_not
from surveys.parts import IN_PARTS, raw_of, without_last
from surveys.prompts import (
    AGAIN,
    CARRY_ON,
    COMMAND_OF,
    RETURN,
    YES,
    carry_on_row,
    way_on,
    with_echo,
)
from surveys.questions import CardSort, Grid, MediaQuestion
from surveys.spellings import yes_or_no
from surveys.steps import finish, go_on, keep, read, show
from surveys.turns import (
    BeginAgain,
    Command,
    Edited,
    Event,
    Forget,
    Media,
    Message,
    RaiseConcern,
    Scene,
    Stage,
    Start,
    State,
    Tap,
    Text,
    Turn,
    WishToHear,
)
from surveys.typed import SAY_AGAIN, SAY_YES, SAY_YES_OR_NO, command_in, command_named, plain

_WAITS_FOR_ANSWER = frozenset({Stage.ASKING, Stage.OTHER, Stage.WISH})
_SAY_GO = frozenset({"start", "carry on"})  # no yes to deleting everything
_BEFORE_THE_FIRST = frozenset({Stage.AGE, Stage.WELCOME})


def take_turn(survey: Survey, state: State, event: Event, scene: Scene) -> Turn:
    """Return what `event` leads to: the new state, what to say, and what to keep.

    Never raises for anything a person can send. The same event on the same state always gives
    the same turn. A button that is not of the current step changes nothing and says so. Whoever
    is new is greeted, whatever they sent first, but a command is heard at once.
    """
    survey = survey.once_sent if state.submitted else survey
    if state.step == 0 and not is_command(event):
        return _on_start(survey, state, scene)
    if state.stage is Stage.AGE:
        if ages.is_too_young(state, event):
            return ages.hand_over(state, scene)
        if ages.is_old_enough(state, event):
            return show(survey, ages.let_in(state), scene)
    return _on_event(survey, state, event, scene)


def _on_event(survey: Survey, state: State, event: Event, scene: Scene) -> Turn:
    match event:
        case Text(text=text):
            return _on_text(survey, state, text, scene)
        case Tap(token=token):
            return _on_tap(survey, state, token, scene)
        case Start():
            return _on_start(survey, state, scene)
        case Command(name=name):
            return _on_command(survey, state, name, scene)
        case Media():
            return _on_media(survey, state, event, scene)
        case Edited(text=text):
            calls = command_in(text) == "sos"
            edited = Turn(state, (Message(wording.EDITED),))
            return _on_command(survey, state, "sos", scene) if calls else edited


def _on_media(survey: Survey, state: State, sent: Media, scene: Scene) -> Turn:
    """Take what was sent where it is asked for; anywhere else say that we cannot keep it."""
    question = survey.question(state.asking) if state.stage is Stage.ASKING else None
    if not isinstance(question, MediaQuestion) or not is_file(sent):
        return Turn(state, (Message(wording.NO_MEDIA),))
    if refusal := why_not(question, sent):
        return show(survey, state, scene, first=Message(wording.refused(refusal, question)))
    given, words = after(state, sent)
    return read(survey, state, given, scene, other=words)


def _on_start(survey: Survey, state: State, scene: Scene) -> Turn:
    match state.stage:
        case Stage.WELCOME | Stage.AGE:
            return _greet(survey, state, scene)
        case Stage.FINISHED:
            return show(survey, state, scene)
        case Stage.STOPPED if not state.asking and not state.submitted:
            return _greet(survey, state.but(stage=Stage.WELCOME), scene)
        case _:
            return show(survey, _resumed(state), scene, first=Message(wording.WELCOME_BACK))


def _greet(survey: Survey, state: State, scene: Scene) -> Turn:
    return show(survey, state, scene, first=Message(wording.welcome(survey, scene)))


def _resumed(state: State) -> State:
    return state.but(stage=state.before) if state.stage is Stage.STOPPED else state


def _on_command(survey: Survey, state: State, name: str, scene: Scene) -> Turn:
    match name:
        case "help":
            return Turn(state, (Message(wording.help_card(scene), way_on(state)),))
        case "sos":
            card = Message(wording.asked_for_help(scene), way_on(state))
            return Turn(state, (card,), (RaiseConcern(),))
        case "start":
            return _on_start(survey, state, scene)
        case "delete":
            return _ask_to_forget(survey, state, scene)
        case "stop":
            return _stop(survey, state, scene)
        case "skip" | "back" if state.stage in _WAITS_FOR_ANSWER:
            return (_skip if name == "skip" else _back)(survey, state, scene)
        case _:
            return _nothing_to(name, survey, state, scene)


def _nothing_to(name: str, survey: Survey, state: State, scene: Scene) -> Turn:
    """Say that there is nothing to skip or to go back to, or that we do not know the command."""
    words = {"skip": wording.NOTHING_TO_SKIP, "back": wording.NOTHING_BEFORE}
    is_early = state.stage in _BEFORE_THE_FIRST
    why = words.get(name, wording.UNKNOWN_COMMAND) if is_early or name not in words else ""
    return show(survey, state, scene, first=Message(why) if why else None)


def _ask_to_forget(survey: Survey, state: State, scene: Scene) -> Turn:
    """Ask once more before deleting; to keep them leads back to where the person was."""
    is_over_it = state.stage in {Stage.STOPPED, Stage.FORGETTING}
    before = state.before if is_over_it else state.stage
    return show(survey, state.but(stage=Stage.FORGETTING, before=before), scene)


def _stop(survey: Survey, state: State, scene: Scene) -> Turn:
    if state.stage is Stage.FINISHED:
        return Turn(state, (Message(wording.NO_MORE),), (WishToHear(wanted=False),))
    if state.stage is Stage.STOPPED:
        return show(survey, state, scene)
    before = state.before if state.stage is Stage.FORGETTING else state.stage
    new = state.but(step=state.step + 1, stage=Stage.STOPPED, before=before)
    if before is Stage.FINISHED:
        return show(survey, new.but(stage=Stage.FINISHED), scene)
    return Turn(new, (Message(wording.STOPPED, carry_on_row(new)),))


def _skip(survey: Survey, state: State, scene: Scene) -> Turn:
    if state.stage is Stage.WISH:
        return finish(survey, state, scene, will_hear=False)
    question = survey.question(state.asking)
    if state.stage is Stage.OTHER and question is not None:
        return keep(survey, state, question, Answer(question.code, state.picks), scene)
    if has_sent(question, state):
        return go_on(survey, state, scene)
    # Cards sorted so far and rows rated so far are an answer.
    so_far = state.picks if isinstance(question, CardSort) else ()
    so_far = raw_of(question, state.picks) if isinstance(question, Grid) else so_far
    return read(survey, state, so_far, scene)


def _back(survey: Survey, state: State, scene: Scene) -> Turn:
    if state.stage is Stage.OTHER:
        return show(survey, state.but(stage=Stage.ASKING, picks=()), scene)
    if isinstance(survey.question(state.asking), (CardSort, *IN_PARTS)) and state.picks:
        return show(survey, state.but(picks=without_last(state.picks)), scene)
    path = survey.path(state.answers)
    before = path[-1] if state.stage is Stage.WISH else None
    before = before or question_before(survey, state.answers, state.asking)
    if before is None:
        return show(survey, state, scene, first=Message(wording.FIRST))
    new = state.but(stage=Stage.ASKING, asking=before.code, picks=())
    return show(survey, new, scene)


def _on_tap(survey: Survey, state: State, token: str, scene: Scene) -> Turn:
    session, _, rest = token.partition(".")
    step, _, value = rest.partition(".")
    if session != state.session or step != str(state.step) or not value:
        # However old the message, its way to help is open.
        is_help = COMMAND_OF.get(value) == "help"
        return _on_command(survey, state, "help", scene) if is_help else Turn(state, (STALE,))
    if value in COMMAND_OF:
        return with_echo(survey, state, _on_command(survey, state, COMMAND_OF[value], scene))
    if value in {CARRY_ON, RETURN} and state.stage is not Stage.STOPPED:
        return show(survey, state, scene)
    match state.stage:
        case Stage.ASKING:
            return with_echo(survey, state, on_pressed(survey, state, value, scene))
        case Stage.FINISHED if value == AGAIN:
            return Turn(state, (), (BeginAgain(),))
        case Stage.WELCOME | Stage.WISH | Stage.FORGETTING | Stage.STOPPED:
            return _on_yes_or_no(survey, state, scene, yes=value in {YES, CARRY_ON})
        case _:
            return Turn(state, (STALE,))


def _on_yes_or_no(survey: Survey, state: State, scene: Scene, *, yes: bool) -> Turn:
    match state.stage:
        case Stage.WELCOME if yes:
            return go_on(survey, state, scene, effects=(turns.Consent(),))
        case Stage.WELCOME:
            declined = state.but(step=state.step + 1, stage=Stage.STOPPED)
            return Turn(declined, (Message(wording.DECLINED),), (Forget(),))
        case Stage.WISH:
            return finish(survey, state, scene, will_hear=yes)
        case Stage.FORGETTING if yes:
            gone = State(session=state.session, step=state.step + 1, stage=Stage.STOPPED)
            return Turn(gone, (Message(wording.DELETED),), (Forget(),))
        case Stage.FORGETTING:
            return show(survey, state.but(stage=state.before), scene)
    return _on_start(survey, state, scene)


def _on_text(survey: Survey, state: State, text: str, scene: Scene) -> Turn:
    said = plain(text)
    if command := command_named(said):
        return _on_command(survey, state, command, scene)
    match state.stage:
        case Stage.ASKING:
            return on_typed(survey, state, text, scene)
        case Stage.OTHER:
            return read(survey, state, state.picks, scene, other=text)
        case Stage.AGE:
            return show(survey, state, scene, first=Message(wording.AGE_UNCLEAR))
        case Stage.FINISHED if said in SAY_AGAIN:
            return Turn(state, (), (BeginAgain(),))
        case Stage.STOPPED | Stage.FINISHED if not _says_yes(state, said):
            return show(survey, state, scene)
        case _ if (yes := _says_yes(state, said)) is not None:
            return _on_yes_or_no(survey, state, scene, yes=yes)
        case _:
            return show(survey, state, scene, first=Message(wording.WELCOME_UNCLEAR))


def _says_yes(state: State, said: str) -> bool | None:
    """Return whether plain words are a yes or a no, however spelled; None if they are neither.

    To delete takes a plain yes: no spelling of one is enough.
    """
    is_forgetting = state.stage is Stage.FORGETTING
    if said in SAY_YES_OR_NO and not (is_forgetting and said in _SAY_GO):
        return said in SAY_YES
    spelled = yes_or_no(said, "en")
    return None if spelled and is_forgetting else spelled
