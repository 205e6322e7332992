"""A survey fitted to whoever answers it."""

from surveys.answers import Answer
from surveys.fitting import Setting, fit


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


def codes(survey, **answers):
    return [question.code for question in survey.path(answers)]
