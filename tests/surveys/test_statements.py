"""Words to read and words to agree with, in the chat, on a form and in the path."""

import pytest
from pydantic import ValidationError

from surveys.answers import Answer, Refusal, read_answer
from surveys.engine import next_question
from surveys.numbering import numbers_on_paper
from surveys.sheet import Written, read_sheet
from surveys.turns import Forget, KeepAnswer, Stage
from tests.surveys.talk import Talk

TOLD = {"code": "told", "kind": "information", "text": "About this", "body": "One.\n\nTwo."}
HAPPY = {"code": "happy", "kind": "consent", "text": "Taking part", "body": "I know what it is."}
NEEDED = HAPPY | {"required": True}


class TestAnInformationPage:
    def test_is_told_in_the_chat_with_a_button_to_go_on(self, survey_of):
        talk = Talk.at_first_question(survey_of(TOLD, {"code": "what"}))

        assert talk.messages[-1].text == "About this\n\nOne.\n\nTwo."
        assert "Question 1 of 1" in talk.press("Continue")
        assert talk.effects == [KeepAnswer(Answer("told"))]

    def test_has_no_button_to_skip(self, survey_of):
        talk = Talk.at_first_question(survey_of(TOLD, {"code": "what"}))

        labels = [button.label for row in talk.messages[-1].rows for button in row]
        assert labels == ["Continue", "Back", "Stop", "Get help now"]

    def test_goes_on_when_somebody_types_so(self, survey_of):
        talk = Talk.at_first_question(survey_of(TOLD, {"code": "what"}))

        assert "Question 1 of 1" in talk.type("ok")

    def test_says_that_words_typed_to_it_are_not_kept(self, survey_of):
        talk = Talk.at_first_question(survey_of(TOLD, {"code": "what"}))

        assert "did not keep that" in talk.type("The bus is late")
        assert talk.effects == []

    def test_has_no_number_and_no_place_on_a_form(self, survey_of):
        survey = survey_of(TOLD, {"code": "what"})

        assert numbers_on_paper(survey) == {"what": "1"}
        assert list(read_sheet(survey, {}).answers) == ["what"]

    def test_takes_no_answer_whatever_is_sent(self, survey_of):
        question = survey_of(TOLD).questions[0]

        assert read_answer(question, ["words"]) == Answer("told")

    def test_cannot_be_required(self, survey_of):
        with pytest.raises(ValidationError, match="asks nothing"):
            survey_of(TOLD | {"required": True})


class TestAConsent:
    def test_is_asked_for_in_the_chat_with_two_buttons(self, survey_of):
        talk = Talk.at_first_question(survey_of(NEEDED, {"code": "what"}))

        assert "Taking part\n\nI know what it is." in talk.messages[-1].text
        assert "Question 2 of 2" in talk.press("I agree")

    @pytest.mark.parametrize("said", ["no", "2", "I do not agree"])
    def test_that_is_needed_and_refused_ends_the_chat_kindly_with_nothing_kept(
        self, survey_of, said
    ):
        talk = Talk.at_first_question(survey_of({"code": "what"}, NEEDED, {"code": "more"}))
        talk.type("Buses")

        words = talk.type(said)

        assert "ask you nothing more" in words
        assert "Childline" in words
        assert talk.effects == [Forget()]
        assert (talk.state.stage, talk.state.answers) == (Stage.STOPPED, {})

    def test_that_is_not_needed_lets_people_go_on(self, survey_of):
        talk = Talk.at_first_question(survey_of(HAPPY, {"code": "what"}))

        assert "Question 2 of 2" in talk.press("I do not agree")

    def test_that_is_needed_cannot_be_skipped(self, survey_of):
        talk = Talk.at_first_question(survey_of(NEEDED, {"code": "what"}))

        assert "need an answer" in talk.type("/skip")

    def test_that_is_needed_and_refused_asks_nothing_after(self, survey_of):
        survey = survey_of(NEEDED, {"code": "what"})

        assert next_question(survey, {"happy": Answer("happy", ("no",))}) is None

    def test_that_is_needed_and_refused_lets_no_form_be_kept(self, survey_of):
        sheet = read_sheet(survey_of(NEEDED, {"code": "what"}), {"happy": Written(("no",))})

        assert sheet.refusals == {"happy": Refusal.NOT_AGREED}

    def test_may_not_mean_anything_but_yes_and_no(self, survey_of):
        options = [{"code": "maybe", "label": "Perhaps"}, {"code": "no", "label": "No"}]
        with pytest.raises(ValidationError, match="yes and no"):
            survey_of(HAPPY | {"options": options})
