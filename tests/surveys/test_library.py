"""The surveys that come with the service."""

import pytest

from surveys.answers import Answer
from surveys.checking.reading_age import MAX_READING_AGE, reading_age
from surveys.definition import library_codes, read_from_library
from surveys.engine import Audience
from surveys.questions import FreeText, OneOf, Postcode, Several
from voice.web.public.read_back import in_words

BUTTON_BYTES = 64  # Source: Telegram Bot API, InlineKeyboardButton.callback_data
EARLY_HELP = read_from_library("early_help_2017")
EVERY_CODE = library_codes()
YOUNG = [
    *("chelseas_choice_2015", "hmip_viewpoint", "pep_pupil_2017", "rj_young_person"),
    *("what_kids_need", "zap_child"),
]


def numbers_asked_of(capacity):
    answers = {"capacity": Answer("capacity", (capacity,))}
    return [question.printed_number for question in EARLY_HELP.path(answers)]


class TestEverySurvey:
    def test_is_one_of_these(self):
        assert EVERY_CODE == [
            "chelseas_choice_2015",
            "early_help_2017",
            "event_evaluation",
            "hmip_viewpoint",
            "iro_observation",
            "lfw_feedback",
            "lfw_preparation",
            "lfw_self_assessment",
            "page_feedback",
            "parent_feedback",
            "pep_pupil_2017",
            "practice_audit",
            "rj_young_person",
            "section_11_audit",
            "what_kids_need",
            "yos_victim_feedback",
            "zap_child",
            "zap_parent",
        ]

    @pytest.mark.parametrize("code", EVERY_CODE)
    def test_says_which_paper_it_is_from(self, code):
        source = read_from_library(code).source

        assert "Buckinghamshire" in source.title
        assert source.note

    @pytest.mark.parametrize("code", EVERY_CODE)
    def test_fits_its_codes_into_a_chat_button(self, code):
        for question in read_from_library(code).questions:
            options = question.options if isinstance(question, OneOf) else ()
            for option in options:
                assert len(f"a:{question.code}:{option.code}".encode()) <= BUTTON_BYTES

    @pytest.mark.parametrize("code", EVERY_CODE)
    def test_lets_people_skip_all_but_the_routing_question(self, code):
        required = [q.code for q in read_from_library(code).questions if q.required]

        assert required == (["capacity"] if code == "early_help_2017" else [])

    @pytest.mark.parametrize("code", EVERY_CODE)
    def test_says_all_that_people_need_to_decide(self, code):
        about = read_from_library(code).about

        assert all(value for value in about.model_dump().values())


class TestReconstructedWording:
    @pytest.mark.parametrize("code", EVERY_CODE)
    def test_is_marked_where_the_paper_prints_none(self, code):
        assert read_from_library(code).source.reconstructed is (code != "early_help_2017")

    @pytest.mark.parametrize("code", sorted(set(EVERY_CODE) - {"early_help_2017"}))
    def test_names_the_phrases_of_the_paper(self, code):
        assert "Its phrases are" in read_from_library(code).source.note


class TestASurveyForChildren:
    @pytest.mark.parametrize("code", YOUNG)
    def test_is_for_children(self, code):
        assert read_from_library(code).is_for_children

    @pytest.mark.parametrize("code", YOUNG)
    def test_can_be_read_at_primary_school(self, code):
        survey = read_from_library(code)
        texts = [text for q in survey.questions for text in (q.text, q.hint) if text]

        assert reading_age(texts) <= MAX_READING_AGE

    @pytest.mark.parametrize("code", YOUNG)
    def test_has_a_symbol_beside_the_words_of_every_option(self, code):
        options = [
            o for q in read_from_library(code).questions if isinstance(q, OneOf) for o in q.options
        ]

        assert all(option.symbol and option.label for option in options)

    def test_shows_help_to_a_pupil_who_is_worried(self):
        worried = read_from_library("chelseas_choice_2015").question("worried")

        assert [option.code for option in worried.options if option.worry] == ["yes"]


class TestTheVictimSurvey:
    def test_asks_about_the_meeting_only_those_who_met(self):
        survey = read_from_library("yos_victim_feedback")

        assert survey.audience is Audience.VICTIM
        assert "meeting" not in {q.code for q in survey.path({"met": Answer("met", ("no",))})}
        assert "meeting" in {q.code for q in survey.path({"met": Answer("met", ("yes",))})}


class TestTheEarlyHelpConsultation:
    def test_asks_an_individual_sixteen_printed_questions(self):
        assert numbers_asked_of("individual") == [None, *range(1, 17)]

    def test_asks_an_organisation_ten_printed_questions(self):
        assert numbers_asked_of("organisation") == [None, *range(1, 8), 17, 18, 19]

    def test_has_the_nineteen_questions_of_the_paper(self):
        printed = [q.printed_number for q in EARLY_HELP.questions if q.printed_number]

        assert printed == list(range(1, 20))

    @pytest.mark.parametrize(
        ("code", "option"),
        [("used", "None of the above"), ("children", "There are no children in my household")],
    )
    def test_has_options_that_stand_alone(self, code, option):
        exclusive = [each.label for each in EARLY_HELP.question(code).options if each.exclusive]

        assert exclusive == [option]

    @pytest.mark.parametrize(
        ("code", "option"),
        [
            ("found_out", "Another way (please specify: _____)"),
            ("organisation_kind", "Other (please specify): _____"),
        ],
    )
    def test_has_options_that_ask_for_words(self, code, option):
        assert [o.label for o in EARLY_HELP.question(code).options if o.specify] == [option]

    @pytest.mark.parametrize(
        ("code", "shown"),
        [
            ("found_out", "Another way (please specify)"),
            ("organisation_kind", "Other (please specify)"),
        ],
    )
    def test_shows_no_line_to_write_on_where_nobody_writes_on_one(self, code, shown):
        question = EARLY_HELP.question(code)
        (option,) = [each for each in question.options if each.specify]
        given = Answer(code, (option.code,), other="By post")

        assert option.on_screen == shown
        assert in_words(question, given) == [f"{shown} By post"]

    @pytest.mark.parametrize(
        ("kind", "numbers"), [(FreeText, [2, 3, 7]), (Several, [4, 5, 13]), (Postcode, [12])]
    )
    def test_asks_each_question_in_the_way_of_the_paper(self, kind, numbers):
        found = [q.printed_number for q in EARLY_HELP.questions if isinstance(q, kind)]

        assert found == numbers

    @pytest.mark.parametrize(
        ("code", "text"),
        [
            pytest.param(
                "important",
                "When improving the way we deliver services for children and their families, "
                "what are the most important things we should consider?",
                id="question 2",
            ),
            pytest.param(
                "children_health",
                "If there are children in your household, do any of them have any health problems "
                "or disabilities that you expect will last for more than a year?",
                id="question 14",
            ),
        ],
    )
    def test_keeps_the_words_of_the_paper(self, code, text):
        assert EARLY_HELP.question(code).text == text

    def test_keeps_typographic_quotes_as_printed(self):
        labels = [option.label for option in EARLY_HELP.question("used").options]

        assert "Play groups (e.g. ‘stay and play’ sessions, toddler groups)" in labels

    def test_says_nothing_of_circles_and_ticks_on_a_screen(self):
        shown = [text for q in EARLY_HELP.questions for text in (q.text, q.intro, q.hint)]

        assert not [text for text in shown if "circle" in text.lower() or "tick" in text.lower()]
