"""Every button of ours, typed: it does what pressing it does, in every language, at every step."""

import pytest

from surveys import wording
from surveys.catalogue import say
from surveys.definition import read_from_library
from surveys.engine import Survey
from surveys.fitting import Setting, fit
from surveys.hearing import BUTTONS, names_button
from surveys.talking import talk
from surveys.turns import ChangeWay, Command, Stage, Start, State, Tap, Text
from tests.surveys.conftest import ABOUT
from tests.surveys.talk import SCENE

LANGUAGES = ("en", "cy", "pl", "ur")
AB = [{"code": "a", "label": "First one"}, {"code": "b", "label": "Second one"}]
QUESTIONS = (
    {"code": "tell", "kind": "information", "text": "Read this.", "body": "It is short."},
    {"code": "pick", "kind": "choice", "text": "Which?", "options": AB},
    {"code": "some", "kind": "several", "text": "Which ones?", "options": AB},
    {"code": "order", "kind": "ranking", "text": "In what order?", "options": AB},
    {"code": "rate", "kind": "grid", "text": "How are they?",
     "rows": [{"code": "r", "label": "Row"}, {"code": "s", "label": "Other row"}], "columns": AB},
    {"code": "why", "kind": "free_text", "text": "Why?"},
    {"code": "when", "kind": "date", "text": "When?"},
)  # fmt: skip
# By a service that writes first (services/test_chat_wishes), and where there are ways.
SHOWN_ELSEWHERE = {
    "Write to me", "Do not write", "No more messages", "Answer now",
    "Pictures, easy words, another language",
}  # fmt: skip
ASKS_AGE = SCENE._replace(asks_age=True, can_remind=True)


def survey_in(language):
    definition = {"code": "asked", "title": "Asked", "about": ABOUT, "questions": QUESTIONS}
    made = Survey.model_validate({**definition, "language": language})
    return fit(made, Setting(language=language))


def shown(turn):
    return [(button, turn) for each in turn.messages for row in each.rows for button in row]


def turns_of(survey):
    """Yield every kind of turn with buttons of ours: each stage, each question, help and /ways."""
    begun = talk(survey, State(session="s"), Start(), ASKS_AGE)
    yield begun
    welcome = talk(survey, begun.state, Text("16"), ASKS_AGE)
    yield welcome
    yield talk(survey, welcome.state, Command("help"), SCENE)
    for question in survey.questions:
        picks = ("a",) if question.code in {"some", "order"} else ()
        asking = State("s", step=5, stage=Stage.ASKING, asking=question.code, picks=picks)
        yield talk(survey, asking, Start(), SCENE)
        yield talk(survey, asking, Command("help"), SCENE)
        stopped = talk(survey, asking, Command("stop"), ASKS_AGE)
        yield stopped
        yield talk(survey, stopped.state, Text("remind me"), ASKS_AGE)
    for stage in (Stage.WISH, Stage.FORGETTING, Stage.STOPPED):
        asked = State("s", step=5, stage=stage, asking="pick", before=Stage.ASKING)
        yield talk(survey, asked.but(submitted=stage is Stage.WISH), Command("skip"), SCENE)
        yield talk(survey, asked, Start(), SCENE)
    finished = State("s", step=5, stage=Stage.FINISHED, asking="pick", submitted=True)
    yield talk(survey, finished, Start(), SCENE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_shown_may_be_typed(language):
    survey, scene = survey_in(language), ASKS_AGE
    tried = set()
    for turn in turns_of(survey):
        for button, at in shown(turn):
            if not button.token.rpartition(".")[2].startswith("-"):
                continue  # a choice is found among the choices
            tried.add(button.label)
            pressed = talk(survey, at.state, Tap(button.token), scene)
            typed = talk(survey, at.state, Text(button.label), scene)
            same = (button.label, at.state.stage, at.state.asking, at.state.last)
            assert typed.effects == pressed.effects, same
            assert typed.state == pressed.state, same
            assert [m.text for m in typed.messages] == [
                m.text for m in pressed.messages if not m.is_echo
            ], same
    assert tried == {say(language, name) for name in set(BUTTONS) - SHOWN_ELSEWHERE}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_has_words_in_every_language_that_wake_nobody(language):
    assert [name for name in BUTTONS if not names_button(say(language, name))] == []


class TestCarryOn:
    def asking(self, code, **more):
        return State("s", step=5, stage=Stage.ASKING, asking=code, **more)

    def test_typed_after_help_goes_back_to_a_question_of_words(self):
        survey = survey_in("en")
        helped = talk(survey, self.asking("why"), Command("help"), SCENE)

        turn = talk(survey, helped.state, Text("Carry on"), SCENE)

        assert (turn.effects, turn.messages[-1].text.endswith("send it.")) == ((), True)

    def test_is_an_answer_where_nothing_was_said_beside_the_question(self):
        turn = talk(survey_in("en"), self.asking("why"), Text("Carry on"), SCENE)

        assert turn.effects[0].answer.text == "Carry on"

    def test_is_an_answer_again_once_something_else_was_said(self):
        survey = survey_in("en")
        helped = talk(survey, self.asking("pick"), Command("help"), SCENE)
        later = talk(survey, helped.state, Text("1"), SCENE)

        assert later.state.last == ""

    def test_is_no_yes_after_help_before_the_start(self):
        survey = survey_in("en")
        helped = talk(survey, State("s", step=3), Command("help"), SCENE)

        assert talk(survey, helped.state, Text("Carry on"), SCENE).effects == ()


class TestByText:
    BY_TEXT = SCENE._replace(by_text=True)

    def test_help_ends_with_the_question_that_stands_open(self):
        asking = State("s", step=5, stage=Stage.ASKING, asking="pick")

        turn = talk(survey_in("en"), asking, Text("HELP"), self.BY_TEXT)

        assert "999" in turn.messages[0].text
        assert "Which?" in turn.messages[-1].text
        assert turn.state.step == 5

    def test_help_is_the_end_where_buttons_stay_on_the_screen(self):
        asking = State("s", step=5, stage=Stage.ASKING, asking="pick")

        assert len(talk(survey_in("en"), asking, Text("HELP"), SCENE).messages) == 1

    def test_a_cry_for_help_is_answered_by_help_alone(self):
        asking = State("s", step=5, stage=Stage.ASKING, asking="pick")

        assert len(talk(survey_in("en"), asking, Text("help me"), self.BY_TEXT).messages) == 1

    @pytest.mark.parametrize("stage", [Stage.WISH, Stage.WELCOME, Stage.FORGETTING])
    def test_help_repeats_whatever_is_asked(self, stage):
        state = State("s", step=5, stage=stage)

        said = talk(survey_in("en"), state, Text("HELP"), self.BY_TEXT).messages

        assert said[-1].rows[-1][-1].label == wording.HELP


class TestTheWays:
    @pytest.fixture
    def survey(self):
        return fit(read_from_library("chelseas_choice_2015"), Setting())

    @pytest.mark.parametrize("stage", [Stage.WELCOME, Stage.ASKING])
    def test_are_offered_to_who_types_the_words_of_their_button(self, survey, stage):
        state = State("s", step=5, stage=stage, asking=survey.questions[0].code)

        turn = talk(survey, state, Text("Pictures, easy words, another language"), SCENE)

        assert [row[0].label for row in turn.messages[-1].rows][-1] == "Carry on"

    def test_are_chosen_by_their_words_once_they_were_offered(self, survey):
        words = next(each for each in survey.questions if each.kind == "free_text")
        state = State("s", step=5, stage=Stage.ASKING, asking=words.code)
        offered = talk(survey, state, Command("ways"), SCENE)

        turn = talk(survey, offered.state, Text("cymraeg"), SCENE)

        assert (turn.effects, turn.state.language) == ((ChangeWay(),), "cy")

    def test_are_an_answer_where_they_were_not_offered(self, survey):
        words = next(each for each in survey.questions if each.kind == "free_text")
        state = State("s", step=5, stage=Stage.ASKING, asking=words.code)

        turn = talk(survey, state, Text("Cymraeg"), SCENE)

        assert turn.effects[0].answer.text == "Cymraeg"
