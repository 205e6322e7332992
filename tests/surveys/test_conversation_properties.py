"""What holds in a conversation whatever anybody sends, in any order."""

import operator
import string

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.conversation import take_turn
from surveys.definition import library_codes, read_from_library
from surveys.turns import (
    Command,
    Edited,
    Event,
    Forget,
    KeepAnswer,
    Media,
    RaiseConcern,
    Stage,
    Start,
    State,
    Style,
    Submit,
    Tap,
    Text,
    Turn,
)
from surveys.typed import COMMANDS
from tests.surveys.talk import SCENE

SURVEYS = [read_from_library(code) for code in library_codes()]
WORDS = st.text(max_size=40) | st.sampled_from(
    [*COMMANDS, "yes", "no", "1", "2", "1, 2", "done", "9" * 30, "\x00", "\ud800", "😀", "a" * 5000]
)
# A press is by its place among the buttons shown so far, counted from the newest.
PRESS = st.integers(min_value=0, max_value=25)
MOVE = (
    st.just(Start())
    | st.builds(Text, WORDS)
    | st.builds(Edited, WORDS)
    | st.builds(Media, st.sampled_from(["photo", "voice"]))
    | st.builds(Command, st.sampled_from([*COMMANDS.values(), "start", "dance"]))
    | st.builds(Tap, st.text(string.printable, max_size=64))
    | PRESS
    | PRESS
    | PRESS
)
# Half of them begin at the first question, so that enough is seen of what comes after.
MOVES = st.builds(
    operator.add,
    st.sampled_from([[], [Start(), Text("yes")]]),
    st.lists(MOVE, max_size=25),
)


class Walk:
    """A state and the buttons shown, moved by events."""

    def __init__(self, survey, scene=SCENE) -> None:
        self.survey, self.scene = survey, scene
        self.state = State(session="ab12cd34")
        self.tokens: list[str] = []

    def move(self, move: Event | int) -> Turn:
        event = self.event_of(move)
        turn = take_turn(self.survey, self.state, event, self.scene)
        again = take_turn(self.survey, self.state, event, self.scene)
        assert turn == again
        self.state = turn.state
        rows = (row for message in turn.messages for row in message.rows)
        self.tokens += [button.token for row in rows for button in row]
        return turn

    def event_of(self, move: Event | int) -> Event:
        if not isinstance(move, int):
            return move
        return Tap(self.tokens[-1 - move]) if move < len(self.tokens) else Start()


def walked(survey, moves) -> Walk:
    walk = Walk(survey)
    for move in moves:
        walk.move(move)
    return walk


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(SURVEYS), MOVES)
def test_every_state_survives_its_store_and_asks_what_the_survey_has(survey, moves):
    state = walked(survey, moves).state

    assert State.from_json(state.to_json(), state.answers) == state
    assert not state.asking or survey.question(state.asking) is not None
    assert all(survey.question(code) is not None for code in state.answers)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(SURVEYS), MOVES)
def test_every_turn_says_something_and_every_button_fits_a_messenger(survey, moves):
    walk = Walk(survey)

    for move in moves:
        turn = walk.move(move)
        assert all(message.text for message in turn.messages)
        # Only "answer again" says nothing itself: the new conversation greets.
        assert turn.messages or walk.state.stage is Stage.FINISHED

    assert all(len(token.encode()) <= 64 for token in walk.tokens)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(SURVEYS), MOVES)
def test_a_button_pressed_twice_answers_once(survey, moves):
    walk = Walk(survey)

    for move in moves:
        event = walk.event_of(move)
        kept = any(isinstance(effect, KeepAnswer) for effect in walk.move(event).effects)
        if isinstance(event, Tap) and kept:
            second = walk.move(event)
            assert second.effects == ()
            assert second.messages[0].style is Style.TOAST


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(SURVEYS), MOVES)
def test_whatever_came_before_skipping_leads_to_the_end(survey, moves):
    walk = walked(survey, moves)
    walk.move(Start())
    if walk.state.stage is Stage.FORGETTING:
        walk.move(Text("no"))
    if walk.state.stage is Stage.WELCOME:
        walk.move(Text("yes"))

    for _ in range(2 * len(survey.questions) + 5):
        question = survey.question(walk.state.asking)
        walk.move(Text("1" if question is not None and question.required else "skip"))
        if walk.state.stage is Stage.OTHER:
            walk.move(Text("skip"))
        if walk.state.stage in {Stage.WISH, Stage.FINISHED}:
            break

    assert walk.state.submitted


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(SURVEYS), MOVES)
def test_help_is_shown_and_a_call_for_help_heard_in_every_state(survey, moves):
    """SAF-2, SAF-5."""
    walk = walked(survey, moves)
    before = walk.state

    helped = walk.move(Text("help"))
    called = walk.move(Text("sos"))

    assert "Childline" in helped.messages[0].text
    assert walk.state == before
    assert called.effects == (RaiseConcern(),)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(SURVEYS), MOVES)
def test_stop_stops_in_every_state_and_start_leads_on(survey, moves):
    walk = walked(survey, moves)

    walk.move(Text("stop"))
    stopped = walk.state.stage
    walk.move(Start())

    assert stopped in {Stage.STOPPED, Stage.FINISHED}
    assert walk.state.stage is not Stage.STOPPED


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(SURVEYS), MOVES)
def test_delete_and_yes_delete_everything_in_every_state(survey, moves):
    walk = walked(survey, moves)

    walk.move(Text("delete"))
    turn = walk.move(Text("yes"))

    assert turn.effects == (Forget(),)
    assert not walk.state.answers


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(SURVEYS), MOVES)
def test_answers_are_replaced_and_never_doubled(survey, moves):
    walk = Walk(survey)
    kept: dict[str, object] = {}

    for move in moves:
        for effect in walk.move(move).effects:
            match effect:
                case KeepAnswer(answer=answer):
                    kept[answer.question] = answer
                case Forget():
                    kept = {}

        assert dict(walk.state.answers) == kept


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(SURVEYS), MOVES)
def test_nothing_is_sent_in_while_a_question_on_the_path_is_unasked(survey, moves):
    walk = Walk(survey)

    for move in moves:
        turn = walk.move(move)
        if Submit() in turn.effects:
            asked = {question.code for question in survey.path(walk.state.answers)}
            assert asked <= set(walk.state.answers)
