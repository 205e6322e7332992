"""A survey fitted to whoever answers it."""

import pytest

from surveys.answers import Answer
from surveys.checks import check_survey
from surveys.fitting import Setting, fit
from surveys.piping import piping_faults
from surveys.places import texts_of

AGREE = {"code": "agree", "text": "Do you agree with page two?", "hint": "Circle one"}


class TestFittingASurvey:
    def test_leaves_out_what_is_not_for_them(self, survey_of):
        survey = survey_of({"code": "all"}, {"code": "staff", "ask_if": {"capacity": "staff"}})

        assert codes(fit(survey, Setting(capacity="organisation"))) == ["all"]
        assert codes(fit(survey, Setting(capacity="staff"))) == ["all", "staff"]

    def test_leaves_only_conditions_that_look_at_answers(self, survey_of):
        both = {"all": [{"channel": "web"}, {"question": "first", "answered": True}]}
        survey = survey_of({"code": "first"}, {"code": "then", "ask_if": both})

        fitted = fit(survey, Setting(channel="web"))

        assert codes(fitted, first=Answer("first", ("Yes",))) == ["first", "then"]
        assert codes(fitted) == ["first"]
        assert codes(fit(survey, Setting(channel="sms"))) == ["first"]

    def test_changes_nothing_that_is_for_everybody(self, survey_of):
        survey = survey_of({"code": "all"}, {"code": "more"})

        assert fit(survey, Setting()) == survey


class TestWordsForAScreen:
    @pytest.mark.parametrize("channel", ["", "web", "telegram", "sms", "phone"])
    def test_stand_in_place_of_those_of_the_paper_everywhere_else(self, survey_of, channel):
        survey = survey_of(AGREE | {"on_screen": {"text": "Do you agree with the plan?"}})

        asked = fit(survey, Setting(channel=channel)).question("agree")

        assert (asked.text, asked.hint) == ("Do you agree with the plan?", "Circle one")
        assert fit(survey, Setting(channel="paper")) == survey

    def test_may_take_a_hint_away(self, survey_of):
        survey = survey_of(AGREE | {"on_screen": {"hint": ""}})

        assert fit(survey, Setting()).question("agree").hint == ""

    def test_yield_to_those_of_a_variant(self, survey_of):
        easy = {"code": "easy", "name": "Easy", "questions": {"agree": {"text": "Good plan?"}}}
        survey = survey_of(AGREE | {"on_screen": {"text": "Do you agree?"}}, variants=[easy])

        assert fit(survey, Setting(variant="easy")).question("agree").text == "Good plan?"

    def test_are_translated_by_their_place(self, survey_of):
        welsh = {"language": "cy", "texts": {"questions.agree.on_screen.text": "Cytuno?"}}
        question = AGREE | {"on_screen": {"text": "Do you agree?"}}
        survey = survey_of(question, translations=[welsh])

        assert "questions.agree.on_screen.text" in texts_of(survey)
        assert fit(survey, Setting(language="cy")).question("agree").text == "Cytuno?"

    def test_are_checked_as_what_people_read(self, survey_of):
        survey = survey_of(AGREE | {"on_screen": {"text": "What is on page three?"}})

        told = [each.message for each in check_survey(survey)]

        assert any("“page three” makes sense on paper only" in each for each in told)
        assert any("“page two” stands on paper only" in each for each in told)

    def test_must_name_no_answer_that_is_not_asked_before(self, survey_of):
        survey = survey_of(AGREE | {"on_screen": {"text": "How is {answer:club}?"}})

        assert [fault for _, fault in piping_faults(survey) if "{answer:club}" in fault]


def codes(survey, **answers):
    return [question.code for question in survey.path(answers)]
