"""What changed between two wordings of a survey."""

import pytest

from surveys.definition import read_from_library
from surveys.differences import Standing, compare_surveys, has_changes

YES_NO = ({"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"})
WELL = {"code": "well", "kind": "choice", "text": "Are you well?", "options": YES_NO}
WHY = {"code": "why", "text": "Why?"}


@pytest.fixture
def standings(survey_of):
    """Return a function that compares two lists of questions: (code, standing, changes)."""

    def compare(before, after):
        found = compare_surveys(survey_of(*before), survey_of(*after))
        return [(each.code, each.standing, each.changes) for each in found]

    return compare


class TestComparing:
    def test_finds_nothing_between_a_survey_and_itself(self):
        survey = read_from_library("early_help_2017")

        found = compare_surveys(survey, survey)

        assert {each.standing for each in found} == {Standing.COMPARABLE}
        assert not has_changes(found)

    def test_finds_what_was_added_and_what_is_gone(self, standings):
        found = standings([WELL, WHY], [{"code": "who", "text": "Who?"}, WELL])

        assert [each[:2] for each in found] == [
            ("who", Standing.ADDED),
            ("well", Standing.COMPARABLE),
            ("why", Standing.REMOVED),
        ]

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            pytest.param({"text": "Are you quite well?"}, "is worded differently", id="text"),
            pytest.param({"hint": "Think of today."}, "has another hint", id="hint"),
            pytest.param({"required": True}, "must be answered now", id="required"),
            pytest.param({"kind": "scale"}, "is answered in another way", id="kind"),
            pytest.param(
                {"options": (*YES_NO, {"code": "so", "label": "So so"})},
                "offers “So so” too",
                id="option added",
            ),
            pytest.param(
                {"options": ({"code": "yes", "label": "Very"}, YES_NO[1])},
                "“Yes” is now “Very”",
                id="option reworded",
            ),
            pytest.param({"options": YES_NO[::-1]}, "has its options in another order", id="order"),
        ],
    )
    def test_flags_what_people_may_answer_otherwise(self, standings, changed, words):
        assert standings([WELL], [WELL | changed]) == [("well", Standing.CHANGED, (words,))]

    def test_says_which_option_is_gone(self, standings):
        three = WELL | {"options": (*YES_NO, {"code": "so", "label": "So so"})}

        assert standings([three], [WELL])[0][2] == ("no longer offers “So so”",)

    def test_flags_a_question_that_others_are_asked(self, standings):
        after = [WELL, WHY | {"ask_if": {"question": "well", "is": "no"}}]

        assert standings([WELL, WHY], after)[1][2] == ("is asked of other people",)

    def test_says_what_another_bound_was_and_is(self, standings):
        before = {"code": "age", "kind": "number", "text": "How old are you?"}

        found = standings([before], [before | {"lowest": 5}])

        assert found == [("age", Standing.CHANGED, ("lowest was “0”, is “5”",))]

    @pytest.mark.parametrize(
        "changed",
        [{"section": "You"}, {"printed_number": 3}, {"text": "Are  you well?\n"}],
        ids=["section", "number on paper", "spaces"],
    )
    def test_passes_what_changes_no_answer(self, standings, changed):
        assert standings([WELL], [WELL | changed]) == [("well", Standing.COMPARABLE, ())]

    def test_knows_a_question_by_its_words_when_its_code_is_another(self, survey_of):
        found = compare_surveys(survey_of(WELL), survey_of(WELL | {"code": "well_2019"}))

        assert [(e.standing, e.before.code, e.after.code) for e in found] == [
            (Standing.COMPARABLE, "well", "well_2019")
        ]
