"""Demonstration answers give the figures that the papers print."""

import re
from functools import cache
from hashlib import sha256

import pytest

from surveys.answers import AnswerRefusedError
from surveys.definition import DefinitionError, read_from_library
from surveys.demonstration import (
    Wave,
    deal_responses,
    demonstration_codes,
    demonstration_of,
    read_demonstration,
)
from surveys.engine import on_path_only
from surveys.questions import FreeText, OneOf

WAVES = [(code, w.label) for code in demonstration_codes() for w in read_demonstration(code).waves]
# People named in the papers whose words or whose reported views are used here.
# Kept as the beginning of a hash, so that they are not named here either.
REAL_NAMES = frozenset(
    {
        "52e8e47b38e85458",
        "73cce42f1f0e9099",
        "8813d406421e0063",
        "ed62c6fd9f1b9900",
        "85262adf74518bbb",
        "9577d4d0d09a2a7f",
        "dc355ec75a2dc4a1",
        "5d702eb07928ed7b",
        "9e135ab954828446",
        "21297e6e966afbd0",
        "a19ba2fce4a549c4",
    }
)


@cache
def responses_to(code, wave=None):
    return demonstration_of(read_from_library(code), wave)


def chosen(responses, question, *options):
    """Return how many chose any of `options`, and how many answered the question."""
    answered = [
        r.answers[question].values
        for r in responses
        if question in r.answers and not r.answers[question].is_skipped
    ]
    return sum(bool(set(options) & set(values)) for values in answered), len(answered)


def hashed(word):
    return sha256(word.encode()).hexdigest()[:16]


def percent(count_and_base):
    count, base = count_and_base
    return round(100 * count / base)


def texts_in(responses, survey):
    codes = [question.code for question in survey.questions if isinstance(question, FreeText)]
    return [
        r.answers[c].text for r in responses for c in codes if c in r.answers and r.answers[c].text
    ]


class TestThePublishedFigures:
    def test_of_45_young_people_all_found_the_service_good_and_82_percent_will_offend_a_lot_less(
        self,
    ):
        responses = responses_to("hmip_viewpoint", "2016")

        assert chosen(responses, "service", "very_good", "good_mostly") == (45, 45)
        assert chosen(responses, "offending", "lot_less") == (37, 45)
        assert percent((37, 45)) == 82

    def test_of_21_young_people_the_year_before_95_percent_will_offend_less(self):
        responses = responses_to("hmip_viewpoint", "2015")

        assert chosen(responses, "service", "very_good", "good_mostly") == (21, 21)
        assert chosen(responses, "offending", "lot_less", "bit_less") == (20, 21)
        assert percent((20, 21)) == 95

    def test_of_78_victims_all_were_satisfied_and_16_met_the_young_person(self):
        responses = responses_to("yos_victim_feedback")

        assert chosen(responses, "satisfied", "very_satisfied", "satisfied") == (78, 78)
        assert chosen(responses, "met", "yes") == (16, 78)
        assert sum("meeting" in response.answers for response in responses) == 16

    @pytest.mark.parametrize(
        ("question", "options", "printed"),
        [
            pytest.param("attitude", ["yes"], 79, id="changed their attitude"),
            pytest.param("helpful", ["very"], 68, id="very helpful"),
            pytest.param("helpful", ["quite"], 30, id="quite helpful"),
            pytest.param("helpful", ["very", "quite"], 98, id="very or quite helpful"),
            pytest.param("will_do", ["respect"], 28, id="more respect"),
            pytest.param("will_do", ["delete"], 24, id="delete friends not met"),
        ],
    )
    def test_of_534_pupils_are_the_percentages_printed(self, question, options, printed):
        count, base = chosen(responses_to("chelseas_choice_2015"), question, *options)

        assert base == 534
        assert percent((count, base)) == printed

    def test_of_534_pupils_114_are_worried_and_59_of_them_know_where_to_go(self):
        responses = responses_to("chelseas_choice_2015")

        assert chosen(responses, "worried", "yes") == (114, 534)
        assert chosen(responses, "knows_help", "yes") == (59, 114)

    @pytest.mark.parametrize(("code", "label"), WAVES)
    def test_stated_in_the_file_are_those_of_the_answers(self, code, label):
        responses = responses_to(code, label)

        for figure in read_demonstration(code).wave(label).figures:
            found = chosen(responses, figure.question, *figure.options)
            assert found == (figure.count, figure.base)
            assert figure.percent in (None, percent(found))


class TestADemonstrationResponse:
    @pytest.mark.parametrize(("code", "label"), WAVES)
    def test_answers_every_question_on_its_path_and_no_other(self, code, label):
        survey = read_from_library(code)

        for response in responses_to(code, label):
            path = [question.code for question in survey.path(response.answers)]
            assert list(response.answers) == path
            assert on_path_only(survey, response.answers) == response.answers

    @pytest.mark.parametrize(("code", "label"), WAVES)
    def test_came_in_while_the_survey_was_open_and_in_order(self, code, label):
        wave = read_demonstration(code).wave(label)

        days = [response.day for response in responses_to(code, label)]

        assert days == sorted(days)
        assert days[0] >= 0
        assert days[-1] < wave.days

    @pytest.mark.parametrize(("code", "label"), WAVES)
    def test_came_through_one_of_the_channels_of_the_file(self, code, label):
        channels = [response.channel for response in responses_to(code, label)]
        wanted = read_demonstration(code).wave(label).channels.model_dump()

        assert {name: channels.count(name) for name in wanted} == wanted

    def test_is_the_same_every_time(self):
        survey = read_from_library("early_help_2017")

        assert demonstration_of(survey) == demonstration_of(survey)


class TestDemonstrationText:
    def test_is_enough_to_find_themes_in(self):
        survey = read_from_library("early_help_2017")

        texts = texts_in(responses_to(survey.code), survey)

        assert len(texts) == len(set(texts)) == 85

    @pytest.mark.parametrize(("code", "label"), WAVES)
    def test_is_every_quote_of_the_file_once(self, code, label):
        quotes = [q.words for t in read_demonstration(code).wave(label).texts for q in t.quotes]

        assert sorted(texts_in(responses_to(code, label), read_from_library(code))) == sorted(
            quotes
        )

    @pytest.mark.parametrize(("code", "label"), WAVES)
    def test_names_no_real_person(self, code, label):
        texts = texts_in(responses_to(code, label), read_from_library(code))

        words = {word for text in texts for word in re.findall(r"\w+", text.casefold())}
        assert not {hashed(word) for word in words} & REAL_NAMES

    def test_is_given_by_the_kind_of_respondent_who_said_it(self):
        responses = responses_to("early_help_2017")

        lifeline = [r for r in responses if r.answers["proposal"].text == "a lifeline"]

        assert [r.answers["capacity"].values for r in lifeline] == [("individual",)]

    def test_holds_a_disclosure_for_the_screening_to_find(self):
        texts = [r.answers["remember"].text for r in responses_to("chelseas_choice_2015")]

        assert sum(text.startswith("I have been bullied my whole life") for text in texts) == 1


class TestAnsweringPublishedNowhere:
    def test_is_spread_evenly_and_said_to_be_made_up(self):
        responses = responses_to("early_help_2017")
        question = read_from_library("early_help_2017").question("agree")
        assert isinstance(question, OneOf)

        counts = [chosen(responses, "agree", option.code)[0] for option in question.options]

        assert max(counts) - min(counts) <= 1
        assert "made up" in read_demonstration("early_help_2017").wave().notes[0]

    @pytest.mark.parametrize("code", demonstration_codes())
    def test_is_stated_for_the_page(self, code):
        statement = read_demonstration(code).statement

        assert statement.startswith("Demonstration data: ")
        assert "actual forms" in statement


class TestADemonstrationFile:
    def test_is_there_for_every_survey_of_the_library(self):
        assert demonstration_codes() == [
            "chelseas_choice_2015",
            "early_help_2017",
            "hmip_viewpoint",
            "yos_victim_feedback",
        ]

    @pytest.mark.parametrize("code", demonstration_codes())
    def test_gives_the_newest_wave_unless_told(self, code):
        demonstration = read_demonstration(code)

        assert demonstration.wave() is demonstration.waves[0]

    def test_is_refused_under_an_unknown_code(self):
        with pytest.raises(DefinitionError, match="has no demonstration answers"):
            read_demonstration("unknown")

    def test_is_refused_for_an_unknown_wave(self):
        with pytest.raises(DefinitionError, match="has no demonstration wave 1999"):
            responses_to("hmip_viewpoint", "1999")


class TestDealingAWave:
    @pytest.mark.parametrize(
        ("keys", "error", "words"),
        [
            pytest.param(
                {"counts": {"attitude": {"yes": 3, "no": 2}}},
                ValueError,
                "attitude: 5 for 4 people",
                id="more answers than people",
            ),
            pytest.param(
                {"counts": {"attitude": {"maybe": 1}}},
                AnswerRefusedError,
                "not_an_option",
                id="no such option",
            ),
            pytest.param(
                {"texts": [{"question": "remember", "quotes": [{"id": "A", "words": "a"}] * 5}]},
                ValueError,
                "twice",
                id="a quote twice",
            ),
            pytest.param({"channels": {"web": 5}}, ValueError, "5 for 4", id="too many channels"),
            pytest.param({"channels": {"web": 3}}, ValueError, "3 for 4", id="too few channels"),
        ],
    )
    def test_refuses_what_does_not_add_up(self, keys, error, words):
        survey = read_from_library("chelseas_choice_2015")
        whole = {"label": "a", "period": "a", "responses": 4, "days": 1, "channels": {"web": 4}}

        with pytest.raises(error, match=words):
            deal_responses(survey, Wave.model_validate(whole | keys))
