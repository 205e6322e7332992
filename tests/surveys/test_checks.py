"""What a check says about a survey before it opens."""

import pytest

from surveys.bands import band_in
from surveys.checking.links import is_one_edit_apart
from surveys.checking.reading_age import reading_age, syllables_in
from surveys.checking.translations import check_screening
from surveys.checks import Severity, check_survey
from surveys.definition import read_from_library

YES_NO = [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]
MUST, SHOULD = Severity.MUST, Severity.SHOULD


def options(*labels):
    return [{"code": f"o{place}", "label": label} for place, label in enumerate(labels)]


def a_choice(text, *labels, kind="choice", **keys):
    offered = options(*labels) if labels else YES_NO
    return {"code": "q", "kind": kind, "text": text, "options": offered} | keys


def a_text(text, **keys):
    return {"code": "q", "kind": "short_text", "text": text} | keys


@pytest.fixture
def found_in(survey_of):
    """Return a function that gives the findings about a survey of these questions."""

    def find(*questions, **about_it):
        return check_survey(survey_of(*questions, **about_it))

    return find


class TestTheFormOf2017:
    @pytest.mark.parametrize(
        ("severity", "question", "words"),
        [
            pytest.param(MUST, "children", "leave out 4", id="no band for four-year-olds"),
            pytest.param(SHOULD, "agree", "“page two” stands on paper only", id="page two"),
            pytest.param(SHOULD, "age", "everyone under 16 is left out", id="nobody under 16"),
            pytest.param(SHOULD, "age", "add the option “Prefer not to say”", id="age"),
            pytest.param(SHOULD, "health", "add the option “Prefer not to say”", id="health"),
            pytest.param(SHOULD, "postcode", "promises confidentiality", id="full postcode"),
            pytest.param(SHOULD, "found_out", "“None of the above” in used", id="no skip"),
            pytest.param(SHOULD, "easy_to_find", "asks on about it", id="no skip after it"),
            pytest.param(SHOULD, "agree", "names one side only", id="agree, and not disagree"),
            pytest.param(SHOULD, "found_out", "“_____” is a line to write on", id="a line"),
            pytest.param(SHOULD, "workplace", "begins with “If”", id="if you work"),
        ],
    )
    def test_raises_each_of_its_known_faults(self, severity, question, words):
        findings = check_survey(read_from_library("early_help_2017"))

        assert [
            f
            for f in findings
            if (f.severity, f.question) == (severity, question) and words in f.message
        ]

    def test_raises_no_fault_where_there_is_none(self):
        findings = check_survey(read_from_library("early_help_2017"))

        sound = {"capacity", "important", "proposal", "used", "information"}
        assert not sound & {finding.question for finding in findings}

    def test_puts_what_must_be_mended_first(self):
        severities = [f.severity for f in check_survey(read_from_library("early_help_2017"))]

        assert severities == sorted(severities)


class TestTheOtherSurveysOfTheLibrary:
    @pytest.mark.parametrize("code", ["hmip_viewpoint", "yos_victim_feedback"])
    def test_have_nothing_to_mend(self, code):
        assert check_survey(read_from_library(code)) == ()

    def test_say_how_far_other_languages_are_checked_for_danger(self):
        (finding,) = check_survey(read_from_library("chelseas_choice_2015"))

        assert (finding.severity, finding.question) == (SHOULD, "")
        assert "write in Welsh, Polish or Urdu is checked for danger, but no" in finding.message

    def test_say_which_language_is_not_checked_for_danger(self):
        survey = read_from_library("chelseas_choice_2015")
        arabic = survey.translations[0].model_copy(update={"language": "ar"})
        survey = survey.model_copy(update={"translations": (*survey.translations, arabic)})

        messages = [finding.message for finding in check_screening(survey)]

        assert any("write in Arabic is not checked for danger" in one for one in messages)
        assert any("Welsh, Polish or Urdu is checked" in one for one in messages)


class TestCheckingThePath:
    def test_finds_a_question_that_is_never_asked(self, found_in):
        never = {"all": [{"question": "q", "is": "yes"}, {"question": "q", "is": "no"}]}

        findings = found_in(a_choice("Well?"), {"code": "lost", "ask_if": never})

        assert [(f.severity, f.question) for f in findings] == [(MUST, "lost")]
        assert "can never be asked" in findings[0].message

    @pytest.mark.parametrize(
        ("condition", "words"),
        [
            ({"variant": "pictures"}, "“pictures” under “The way of answering”"),
            ({"not": {"channel": ["web", "fax"]}}, "“fax” under “Through what”"),
            ({"any": [{"capacity": "council"}]}, "“council” under “Who answers”"),
        ],
    )
    def test_finds_a_way_a_person_or_a_door_that_there_is_not(self, found_in, condition, words):
        findings = found_in(a_choice("Well?", ask_if=condition))

        assert (MUST, "q") in [(f.severity, f.question) for f in findings if words in f.message]

    def test_knows_each_way_person_and_door_that_there_is(self, found_in):
        known = {"variant": "short", "capacity": "committee", "channel": "kiosk"}
        ways = ({"code": "words", "name": "Words"}, {"code": "short", "name": "Short"})

        assert found_in(a_choice("Well?", ask_if=known), variants=ways) == ()

    def test_finds_one_behind_a_question_that_is_never_asked(self, found_in):
        never = {"all": [{"question": "q", "is": "yes"}, {"question": "q", "is": "no"}]}

        findings = found_in(
            a_choice("Well?"),
            a_choice("Then?", code="lost", ask_if=never),
            {"code": "behind", "ask_if": {"question": "lost", "is": "yes"}},
        )

        assert {f.question for f in findings if "never" in f.message} == {"lost", "behind"}

    @pytest.mark.parametrize(
        "condition",
        [
            pytest.param({"question": "q", "is": "o1"}, id="an option"),
            pytest.param({"question": "q", "answered": False}, id="a skip"),
            pytest.param(
                {"all": [{"question": "q", "includes": "o0"}, {"question": "q", "includes": "o1"}]},
                id="two options together",
            ),
        ],
    )
    def test_sees_what_can_be_asked(self, found_in, condition):
        several = a_choice("Which?", "Bus", "Train", kind="several")

        assert found_in(several, {"code": "then", "ask_if": condition}) == ()

    def test_sees_that_a_required_question_is_not_skipped(self, found_in):
        findings = found_in(
            a_choice("Well?", required=True),
            {
                "code": "then",
                "ask_if": {
                    "all": [
                        {"question": "q", "answered": False},
                        {"not": {"question": "q", "answered": False}},
                    ]
                },
            },
        )

        assert [f.question for f in findings] == ["then"]

    def test_gives_up_rather_than_take_long(self, found_in):
        many = [a_choice("Well?", *"abcdefgh", code=f"q{n}") for n in range(12)]
        late = {"all": [{"question": f"q{n}", "is": "o7"} for n in range(12)]}

        assert found_in(*many, {"code": "then", "ask_if": late}) == ()

    def test_finds_a_number_that_nobody_can_give(self, found_in):
        findings = found_in(
            {"code": "q", "kind": "number", "text": "How many?", "lowest": 9, "highest": 1}
        )

        assert "takes no number" in findings[0].message

    def test_finds_a_fork_that_may_be_skipped(self, found_in):
        findings = found_in(
            a_choice("Well?"),
            {"code": "one", "ask_if": {"question": "q", "is": "yes"}},
            {"code": "two", "ask_if": {"question": "q", "is": "no"}},
        )

        assert [(f.question, "required: true" in f.message) for f in findings] == [("q", True)]

    @pytest.mark.parametrize(
        ("labels", "faults"), [(["Yes", "No"], 1), (["Yes", "No", "Not applicable"], 0)]
    )
    def test_finds_an_if_that_everybody_is_asked(self, found_in, labels, faults):
        findings = found_in({"code": "first"}, a_choice("If you work, is it here?", *labels))

        assert len(findings) == faults


class TestCheckingBands:
    @pytest.mark.parametrize(
        ("labels", "words"),
        [
            pytest.param(["Under 4", "5-9"], "leave out 4", id="one left out"),
            pytest.param(["0-4", "10 to 14"], "leave out 5 to 9", id="several left out"),
            pytest.param(["16-18", "18-24"], "both take in 18", id="one twice"),
            pytest.param(["0–5", "4–9"], "both take in 4 to 5", id="two twice"),
            pytest.param(["0-10", "over 11"], "leave out 11", id="over"),
        ],
    )
    def test_finds_numbers_left_out_or_taken_twice(self, found_in, labels, words):
        findings = found_in(a_choice("How many times?", *labels))

        assert [f.severity for f in findings] == [MUST]
        assert words in findings[0].message

    @pytest.mark.parametrize(
        "labels",
        [
            pytest.param(["Under 5", "5-9", "10+"], id="with a plus"),
            pytest.param(["9 or under", "10 to 19", "20 or over", "Not sure"], id="in words"),
            pytest.param(["20 or over", "Under 20"], id="downwards"),
            pytest.param(["1 to 1 talks", "Group talks"], id="no bands"),
        ],
    )
    def test_passes_bands_that_meet(self, found_in, labels):
        assert found_in(a_choice("How many times?", *labels)) == ()

    def test_finds_ages_left_out_at_either_end(self, found_in):
        findings = found_in(a_choice("How old are you?", "16-24", "25-64", "Prefer not to say"))

        assert [f.message.split(";")[0] for f in findings] == [
            "everyone under 16 is left out",
            "everyone over 64 is left out",
        ]

    @pytest.mark.parametrize(
        ("label", "ends"),
        [("Under 4", (0, 3)), ("up to 4", (0, 4)), ("5-9 years old", (5, 9)), ("75+", (75, 10**6))],
    )
    def test_reads_a_label(self, label, ends):
        band = band_in(label)

        assert (band.lowest, band.highest) == ends


class TestCheckingOptions:
    @pytest.mark.parametrize(
        "text",
        ["How old are you?", "What is your gender?", "Which ethnic group?", "Are you disabled?"],
    )
    @pytest.mark.parametrize(("required", "severity"), [(True, MUST), (False, SHOULD)])
    def test_finds_a_personal_question_with_no_way_to_decline(
        self, found_in, text, required, severity
    ):
        findings = found_in(a_choice(text, required=required))

        assert [f.severity for f in findings] == [severity]
        assert "“Prefer not to say”" in findings[0].message

    def test_passes_a_personal_question_with_one(self, found_in):
        assert (
            found_in(a_choice("What is your gender?", "Female", "Male", "I’d rather not say")) == ()
        )

    @pytest.mark.parametrize(
        "label", ["None of the above", "None", "Don’t know", "There are no children here"]
    )
    def test_finds_an_option_that_should_stand_alone(self, found_in, label):
        findings = found_in(a_choice("Which?", "Bus", label, kind="several"))

        assert [f.severity for f in findings] == [MUST]
        assert "exclusive: true" in findings[0].message

    def test_passes_such_an_option_in_a_choice_of_one(self, found_in):
        assert found_in(a_choice("Which?", "Bus", "None of the above")) == ()

    @pytest.mark.parametrize("label", ["Other (please specify)", "Another way (please say what)"])
    def test_finds_an_option_with_nowhere_to_write(self, found_in, label):
        findings = found_in(a_choice("Which?", "Bus", label))

        assert [f.severity for f in findings] == [MUST]
        assert "specify: true" in findings[0].message


class TestCheckingWords:
    @pytest.mark.parametrize(
        "text",
        [
            "Which? (please circle)",
            "Please tick all that apply",
            "Which of those on page 7?",
            "Which? Go on on a separate sheet",
            "What do you think of the plan set out in this document?",
        ],
    )
    def test_finds_words_meant_for_paper(self, found_in, text):
        findings = found_in(a_text(text))

        assert ["makes sense on paper only" in f.message for f in findings] == [True]

    @pytest.mark.parametrize(
        "text", ["Who is in your circle of friends?", "Which web page?", "Is the tick on the dog?"]
    )
    def test_passes_the_same_words_meant_otherwise(self, found_in, text):
        assert found_in(a_text(text)) == ()

    def test_leaves_the_note_of_the_paper_form_alone(self, found_in):
        assert found_in(a_choice("Which?", printed_note="(Please circle)")) == ()

    @pytest.mark.parametrize(
        "text",
        ["TODO ask this", "Dear {{ name }}", "What of [insert town]?", "Lorem ipsum?", "XXX?"],
    )
    def test_finds_what_is_left_over(self, found_in, text):
        findings = found_in(a_text(text))

        assert [(f.severity, "left over" in f.message) for f in findings] == [(MUST, True)]

    def test_finds_what_is_left_over_about_the_survey(self, found_in):
        findings = found_in({"code": "q"}, title="Our survey [insert year]")

        assert [f.question for f in findings] == [""]

    @pytest.mark.parametrize(
        "text",
        [
            "I have a better understanding of what child sexual exploitation is, where and how to "
            "report it and a better understanding of online safety and terms such as grooming",
            "Do you know that you can ask for help and where to go?",
            "Was the worker friendly and helpful?",
            "Did you feel safe and did you feel heard?",
        ],
    )
    def test_finds_two_questions_in_one(self, found_in, text):
        findings = found_in(a_choice(text))

        assert any("questions in one" in f.message for f in findings)

    @pytest.mark.parametrize(
        "text",
        [
            "Do you have any health services near children and families?",
            "How often do you see friends and family?",
            "Which arts, drama and holiday clubs are near you?",
        ],
    )
    def test_passes_an_and_inside_one_question(self, found_in, text):
        assert found_in(a_choice(text)) == ()

    @pytest.mark.parametrize(
        "text",
        ["What is your full name?", "What is your email address?", "What is your full postcode?"],
    )
    def test_finds_a_promise_that_a_question_breaks(self, found_in, text):
        findings = found_in(a_text(text, intro="Your answers are confidential."))

        assert ["promises confidentiality" in f.message for f in findings] == [True]

    @pytest.mark.parametrize(
        ("text", "intro"),
        [
            ("What is your full name?", ""),
            ("What is the name of your organisation?", "Your answers are confidential."),
            ("What is the first half of your postcode?", "Your answers are confidential."),
        ],
    )
    def test_passes_a_promise_that_is_kept(self, found_in, text, intro):
        assert found_in(a_text(text, intro=intro)) == ()


class TestCheckingLinks:
    def test_finds_a_letter_missing_from_a_known_address(self, found_in):
        findings = found_in(a_text("Have you seen www.bucksc.gov.uk/earlyhelp?"))

        assert [(f.severity, f.question) for f in findings] == [(MUST, "q")]
        assert "“bucksc.gov.uk” is one letter away from “buckscc.gov.uk”" in findings[0].message

    def test_finds_the_one_that_is_used_less(self, found_in):
        findings = found_in(
            a_text("See https://ourtown.org"),
            a_text("See ourtown.org/help", code="again"),
            a_text("See ourtwon.org", code="slip"),
        )

        assert [f.question for f in findings] == ["slip"]

    def test_passes_addresses_that_are_right(self, found_in):
        assert found_in(a_text("See www.buckscc.gov.uk, childline.org.uk and ourtown.org")) == ()

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            pytest.param("abc", "abc", False, id="the same"),
            pytest.param("abc", "abcd", True, id="one more at the end"),
            pytest.param("abc", "ac", True, id="one less"),
            pytest.param("abc", "axc", True, id="one changed"),
            pytest.param("abc", "acb", True, id="two swapped"),
            pytest.param("abc", "axd", False, id="two changed"),
            pytest.param("abc", "abcde", False, id="two more"),
        ],
    )
    def test_counts_one_slip_of_the_hand(self, one, other, expected):
        assert is_one_edit_apart(one, other) is expected
        assert is_one_edit_apart(other, one) is expected


class TestCheckingHowHardItIsToRead:
    HARD = "To what extent do you consider your participation in statutory reviews satisfactory?"

    def test_finds_a_hard_question_for_children(self, found_in):
        findings = found_in(a_text(self.HARD), audience="young")

        assert any(f.question == "q" and "reads like a text" in f.message for f in findings)

    def test_finds_a_survey_that_is_hard_all_through(self, found_in):
        questions = [a_text(self.HARD, code=f"q{n}") for n in range(4)]

        assert found_in(*questions, audience="young")[0].question == ""

    def test_asks_less_of_what_adults_read(self, found_in):
        hard = found_in(a_text(self.HARD))

        assert ["is hard to read" in each.message for each in hard] == [True]
        assert found_in(a_text("What would you change about the buses in your village?")) == ()

    def test_gives_easy_words_a_low_age(self):
        assert reading_age(["The cat sat on the mat.", "We like to play."]) < 7

    def test_gives_nothing_for_no_words(self):
        assert reading_age(["", "…"]) == 0.0

    @pytest.mark.parametrize(
        ("word", "count"),
        [("cat", 1), ("make", 1), ("table", 2), ("worried", 2), ("organisation", 5), ("helped", 1)],
    )
    def test_counts_syllables(self, word, count):
        assert syllables_in(word) == count


class TestCheckingTheStartPage:
    def test_finds_all_that_people_are_not_told(self, found_in):
        about = {name: "" for name in ("what", "why", "who_for", "what_happens", "who_reads")}

        findings = found_in(a_text("Why?"), about=about | {"minutes": 5})

        assert [(f.severity, f.question) for f in findings] == [(MUST, "")]
        assert "who reads the answers" in findings[0].message


class TestCheckingForLeadingWords:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Don’t you think that the new bus is better?", "leads people"),
            ("Do you agree that the library should stay?", "leads people"),
            ("As you know, money is short. What should go?", "leads people"),
            ("What do you think of our excellent service?", "praises"),
            ("To what extent do you support the plan?", "support or oppose"),
        ],
    )
    def test_finds_which_answer_is_hoped_for(self, found_in, text, words):
        findings = found_in(a_text(text))

        assert [words in each.message for each in findings] == [True]

    @pytest.mark.parametrize(
        "text",
        [
            "To what extent do you agree or disagree with the plan?",
            "How strongly do you support or oppose the plan?",
            "Do you agree or disagree with this?",
            "What course did you take?",
        ],
    )
    def test_passes_what_leaves_every_answer_as_welcome(self, found_in, text):
        assert found_in(a_text(text)) == ()
