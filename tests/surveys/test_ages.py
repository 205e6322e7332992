"""The age that is asked first where a messenger is not for the younger."""

import pytest
from hypothesis import given, settings

from surveys.conversation import take_turn
from surveys.definition import read_from_library
from surveys.turns import (
    Command,
    Consent,
    Forget,
    KeepAnswer,
    Media,
    Stage,
    Start,
    State,
    Tap,
    Text,
)
from tests.surveys.talk import SCENE
from tests.surveys.test_conversation_properties import MOVES, Walk

SURVEY = read_from_library("hmip_viewpoint")
ASKS = SCENE._replace(asks_age=True, younger_at="https://voice.example/go/ABC?chat=yes")


def asked():
    """The state of somebody who was asked how old they are, and the turn that asked."""
    turn = take_turn(SURVEY, State(session="s"), Start(), ASKS)
    assert turn.state.stage is Stage.AGE
    return turn.state


def say(words, state=None):
    return take_turn(SURVEY, state or asked(), Text(words), ASKS)


class TestTheAge:
    def test_is_asked_before_the_privacy_words_with_help_on_the_last_button(self):
        prompt = take_turn(SURVEY, State(session="s"), Start(), ASKS).messages[-1]

        labels = [button.label for row in prompt.rows for button in row]
        assert "how old are you" in prompt.text
        assert labels == ["Under 13", "13 to 15", "16 or over", "Get help now"]

    def test_is_not_asked_where_the_channel_is_for_everybody(self):
        turn = take_turn(SURVEY, State(session="s"), Start(), SCENE)

        assert turn.state.stage is Stage.WELCOME

    @pytest.mark.parametrize("words", ["16 or over", "16+", "3", "16", "I'm 44", "I am 17 years"])
    def test_of_16_and_over_leads_to_the_privacy_words(self, words):
        turn = say(words)

        assert turn.state.stage is Stage.WELCOME
        assert "Who reads it" in turn.messages[-1].text

    @pytest.mark.parametrize("words", ["Under 13", "13 to 15", "1", "2", "12", "15", "i am 9"])
    def test_under_16_is_handed_over_and_nothing_is_kept(self, words):
        turn = say(words)

        assert turn.effects == (Forget(),)
        assert "https://voice.example/go/ABC?chat=yes" in turn.messages[0].text
        assert "Childline" in turn.messages[1].text
        assert turn.state.stage is Stage.STOPPED

    def test_under_16_is_told_whom_to_ask_where_no_link_is_known(self):
        nowhere = ASKS._replace(younger_at="")

        said = take_turn(SURVEY, asked(), Text("12"), nowhere).messages[0].text

        assert "Ask the adult who gave you this link" in said
        assert "the website of Testshire Council" in said

    @pytest.mark.parametrize("typed", ["sixteen", "im seventeen", "20 years old"])
    def test_is_heard_in_words(self, typed):
        assert say(typed).state.stage is Stage.WELCOME

    @pytest.mark.parametrize("typed", ["two", "sixten", "16 or ovre", "undr 13"])
    def test_is_not_guessed(self, typed):
        assert say(typed).state.stage is Stage.AGE

    @pytest.mark.parametrize("label", ["Under 13", "13 to 15", "16 or over"])
    def test_by_button_is_the_same_as_typed(self, label):
        state = asked()
        prompt = take_turn(SURVEY, State(session="s"), Start(), ASKS).messages[-1]
        token = next(b.token for row in prompt.rows for b in row if b.label == label)

        assert take_turn(SURVEY, state, Tap(token), ASKS) == say(label, state)

    @pytest.mark.parametrize("words", ["yes", "no", "0", "999", "hello", "4 children"])
    def test_that_is_unclear_is_asked_again(self, words):
        turn = say(words)

        assert turn.state.stage is Stage.AGE
        assert turn.effects == ()


class TestNoWayRoundIt:
    @pytest.mark.parametrize(
        "events",
        [
            [Command("delete"), Text("no")],
            [Command("stop"), Text("yes")],
            [Command("stop"), Start()],
            [Command("help"), Text("yes")],
            [Command("skip"), Text("yes")],
            [Start(), Command("delete"), Text("no"), Text("yes")],
            [Start(), Command("stop"), Start(), Text("yes")],
            [Start(), Media("photo"), Text("yes")],
            [Start(), Text("15"), Start(), Text("yes")],
        ],
    )
    def test_leads_to_consent_without_an_age(self, events):
        state, effects = State(session="s"), []
        for event in events:
            turn = take_turn(SURVEY, state, event, ASKS)
            state, effects = turn.state, [*effects, *turn.effects]

        assert Consent() not in effects
        assert state.stage is not Stage.WELCOME

    def test_is_asked_of_somebody_twice_who_has_said_it(self):
        state = say("16 or over").state

        for event in (Command("stop"), Start(), Command("delete"), Text("no"), Start()):
            state = take_turn(SURVEY, state, event, ASKS).state

        assert state.stage is Stage.WELCOME


@settings(deadline=None, max_examples=200)
@given(MOVES)
def test_whatever_is_sent_nobody_consents_or_answers_before_they_are_old_enough(moves):
    walk = Walk(SURVEY, ASKS)

    for move in moves:
        turn = walk.move(move)
        if not walk.state.is_of_age:
            assert not [each for each in turn.effects if isinstance(each, Consent | KeepAnswer)]
            assert walk.state.stage in {Stage.AGE, Stage.STOPPED, Stage.FORGETTING, Stage.WELCOME}
            assert walk.state.stage is not Stage.WELCOME or walk.state.step == 0
