"""Words that mean yes in one language and no in another are asked again, never taken as a no."""

import pytest

from surveys import wording
from surveys.catalogue import say
from surveys.engine import Survey
from surveys.fitting import Setting, fit
from surveys.meant import choice_meant
from surveys.talking import talk
from surveys.turns import Consent, Forget, KeepAnswer, Stage, State, Text
from tests.surveys.conftest import ABOUT
from tests.surveys.talk import SCENE

YES_NO = [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]
UNSURE = {"code": "dk", "label": "Nie wiem"}
QUESTIONS = (
    {"code": "q", "kind": "choice", "text": "Well?", "options": YES_NO},
    {"code": "why", "kind": "free_text", "text": "Why?"},
)


def survey_in(language):
    made = {"code": "asked", "title": "Asked", "about": ABOUT, "questions": QUESTIONS}
    return fit(Survey.model_validate({**made, "language": language}), Setting(language=language))


# The survey is in Polish; or it is in English, and its person reads the pages in Polish.
POLISH = [("pl", ""), ("en", "pl")]


def at(stage, asking="q"):
    return State("s", step=5, stage=stage, asking=asking, before=Stage.ASKING)


class TestNoInPolish:
    @pytest.mark.parametrize(("language", "reads"), POLISH)
    @pytest.mark.parametrize("stage", [Stage.WELCOME, Stage.WISH, Stage.FORGETTING])
    def test_is_asked_again_where_a_yes_or_a_no_is_waited_for(self, language, reads, stage):
        turn = talk(survey_in(language), at(stage), Text("no", reads=reads), SCENE)

        assert turn.state.stage is stage
        assert turn.effects == ()
        assert turn.messages[0].text == say(language, wording.WELCOME_UNCLEAR)

    @pytest.mark.parametrize(("language", "reads"), POLISH)
    def test_is_asked_again_at_a_question(self, language, reads):
        turn = talk(survey_in(language), at(Stage.ASKING), Text("No.", reads=reads), SCENE)

        assert turn.effects == ()
        assert turn.state.asking == "q"

    @pytest.mark.parametrize(("language", "reads"), POLISH)
    def test_is_an_answer_where_any_words_are(self, language, reads):
        turn = talk(survey_in(language), at(Stage.ASKING, "why"), Text("no", reads=reads), SCENE)

        assert [each.answer.text for each in turn.effects if isinstance(each, KeepAnswer)] == ["no"]

    @pytest.mark.parametrize(("language", "reads"), POLISH)
    @pytest.mark.parametrize(("typed", "effect"), [("jasne", Consent), ("nie", Forget)])
    def test_leaves_the_plain_words_as_they_are(self, language, reads, typed, effect):
        turn = talk(survey_in(language), at(Stage.WELCOME), Text(typed, reads=reads), SCENE)

        assert [type(each) for each in turn.effects] == [effect]

    def test_is_a_no_in_english(self):
        turn = talk(survey_in("en"), at(Stage.WELCOME), Text("no"), SCENE)

        assert [type(each) for each in turn.effects] == [Forget]

    @pytest.mark.parametrize("typed", ["jasne", "pewnie"])
    def test_to_delete_takes_a_plain_yes_in_the_language_of_the_pages(self, typed):
        survey, state = survey_in("en"), at(Stage.FORGETTING)

        assert talk(survey, state, Text(typed, reads="pl"), SCENE).effects == ()
        assert talk(survey, state, Text("tak", reads="pl"), SCENE).effects == (Forget(),)


class TestEverydayWords:
    @pytest.mark.parametrize("typed", ["yh go on", "go on then", "Yeah go on!"])
    def test_are_a_yes(self, typed):
        turn = talk(survey_in("en"), at(Stage.WELCOME), Text(typed), SCENE)

        assert [type(each) for each in turn.effects] == [Consent]

    def test_are_a_no(self):
        turn = talk(survey_in("en"), at(Stage.ASKING), Text("na"), SCENE)

        assert [e.answer.values for e in turn.effects if isinstance(e, KeepAnswer)] == [("no",)]

    @pytest.mark.parametrize("typed", ["nwm", "niewiem"])
    def test_say_that_somebody_does_not_know(self, typed):
        options = survey_with(UNSURE)

        assert choice_meant(options, typed, "pl") == "dk"

    def test_say_nothing_where_no_choice_says_so(self):
        assert choice_meant(survey_with(), "idk", "en") is None


def survey_with(*more):
    asked = {"code": "q", "kind": "choice", "text": "Well?", "options": [*YES_NO, *more]}
    made = {"code": "asked", "title": "Asked", "about": ABOUT, "questions": [asked]}
    return Survey.model_validate(made).questions[0].options
