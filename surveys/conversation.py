"""A survey as a chat: a pure turn, with no clock, no store and no word of any messenger."""

from surveys import ages, turns, wording
from surveys.answers import Answer
from surveys.engine import Survey, question_before
from surveys.media_turns import after, has_sent, is_command, is_file, why_not
from surveys.parts import DONE, IN_PARTS, InParts, Part, raw_of, take_tap, take_words, without_last
from surveys.prompts import (
    AGAIN,
    CARRY_ON,
    COMMAND_OF,
    NEXT,
    RETURN,
    YES,
    ask,
    asked_now,
    carry_on_row,
    way_on,
    with_echo,
)
from surveys.questions import (
    CardSort,
    Choice,
    Consent,
    Faces,
    FreeText,
    Grid,
    Information,
    MediaQuestion,
    OneOf,
    Ranking,
    Scale,
    Several,
    ShortText,
)
from surveys.sorting import put, say_pile, take_back
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
    Style,
    Tap,
    Text,
    Turn,
    WishToHear,
)
from surveys.typed import (
    SAY_AGAIN,
    SAY_GO_ON,
    SAY_YES,
    SAY_YES_OR_NO,
    command_in,
    command_named,
    find_options,
    plain,
)
from surveys.wording_parts import not_understood, part_said

_Choosable = Choice | Several | Scale | Faces | Consent
_WRITTEN = FreeText, ShortText  # a tuple, for it is asked at every turn
_WAITS_FOR_ANSWER = frozenset({Stage.ASKING, Stage.OTHER, Stage.WISH})
_DONE = plain(wording.DONE_CHOOSING)
_STALE = Message(wording.STALE, style=Style.TOAST)


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
            return show(survey, state, scene, first=Message(wording.UNKNOWN_COMMAND))


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
    if isinstance(survey.question(state.asking), CardSort) and state.picks:
        return show(survey, take_back(state), scene)
    if isinstance(survey.question(state.asking), IN_PARTS) and state.picks:
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
        return _on_command(survey, state, "help", scene) if is_help else Turn(state, (_STALE,))
    if value in COMMAND_OF:
        return with_echo(survey, state, _on_command(survey, state, COMMAND_OF[value], scene))
    if value in {CARRY_ON, RETURN} and state.stage is not Stage.STOPPED:
        return show(survey, state, scene)
    match state.stage:
        case Stage.ASKING:
            return with_echo(survey, state, _on_option(survey, state, value, scene))
        case Stage.FINISHED if value == AGAIN:
            return Turn(state, (), (BeginAgain(),))
        case Stage.WELCOME | Stage.WISH | Stage.FORGETTING | Stage.STOPPED:
            return _on_yes_or_no(survey, state, scene, yes=value in {YES, CARRY_ON})
        case _:
            return Turn(state, (_STALE,))


def _on_option(survey: Survey, state: State, value: str, scene: Scene) -> Turn:
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
        return Turn(state, (_STALE,))
    if not isinstance(question, Several):
        return read(survey, state, (value,), scene)
    new = state.but(picks=question.toggled(state.picks, value))
    return Turn(new, (ask(survey, new, question)._replace(style=Style.EDIT),))


def _on_pile(survey: Survey, state: State, question: CardSort, said: str, scene: Scene) -> Turn:
    """Put the card shown into the pile that was said, and show the next one."""
    new = put(question, state, said)
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
        return Turn(state, (_STALE,))
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
    part = take_words(question, state.picks, text)
    if part is None:
        return show(survey, state, scene, first=Message(not_understood(question)))
    if part.is_whole:
        return read(survey, state, raw_of(question, part.picks), scene)
    return show(survey, state.but(picks=part.picks), scene)


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
            return _on_typed_answer(survey, state, text, scene)
        case Stage.OTHER:
            return read(survey, state, state.picks, scene, other=text)
        case Stage.AGE:
            return show(survey, state, scene, first=Message(wording.AGE_UNCLEAR))
        case Stage.FINISHED if said in SAY_AGAIN:
            return Turn(state, (), (BeginAgain(),))
        case Stage.STOPPED | Stage.FINISHED if said not in SAY_YES:
            return show(survey, state, scene)
        case _ if said in SAY_YES_OR_NO:
            return _on_yes_or_no(survey, state, scene, yes=said in SAY_YES)
        case _:
            return show(survey, state, scene, first=Message(wording.WELCOME_UNCLEAR))


def _on_typed_answer(survey: Survey, state: State, text: str, scene: Scene) -> Turn:
    question = survey.question(state.asking)
    if isinstance(question, _WRITTEN):
        return read(survey, state, (text,), scene)
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
    return read(survey, state, (text,), scene)


def _on_typed_choice(
    survey: Survey, state: State, question: _Choosable, text: str, scene: Scene
) -> Turn:
    if isinstance(question, Several) and plain(text) == _DONE:
        return read(survey, state, state.picks, scene)
    chosen = find_options(question, text)
    if not chosen:
        # The same buttons again: a press that these words overtook still counts.
        return Turn(state, (Message(wording.NOT_UNDERSTOOD), ask(survey, state, question)))
    return read(survey, state, chosen, scene)
