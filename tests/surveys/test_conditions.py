"""When a question is asked."""

import pytest
from pydantic import TypeAdapter, ValidationError

from surveys.answers import Answer
from surveys.conditions import Condition, is_met, mentioned
from surveys.settling import settled

CONDITION = TypeAdapter(Condition)
HEARD = {
    "capacity": Answer("capacity", ("individual",)),
    "used": Answer("used", ("play", "clubs")),
    "worried": Answer("worried"),
    "age": Answer("age", ("16",)),
    "born": Answer("born", ("2009-04-03",)),
}
INDIVIDUAL = {"question": "capacity", "is": "individual"}
ORGANISATION = {"question": "capacity", "is": "organisation"}
PAPER = {"channel": "paper", "capacity": "individual"}


def holds(raw):
    return is_met(CONDITION.validate_python(raw), HEARD)


class TestACondition:
    @pytest.mark.parametrize(
        ("raw", "expected"),
        [
            pytest.param(INDIVIDUAL, True, id="is"),
            pytest.param(ORGANISATION, False, id="is another"),
            pytest.param({"question": "used", "is": "play"}, False, id="is, but not alone"),
            pytest.param({"question": "used", "includes": "clubs"}, True, id="includes"),
            pytest.param({"question": "used", "includes": "none"}, False, id="does not include"),
            pytest.param({"question": "used", "answered": True}, True, id="answered"),
            pytest.param({"question": "worried", "answered": True}, False, id="skipped"),
            pytest.param({"question": "worried", "answered": False}, True, id="not answered"),
            pytest.param({"question": "worried", "skipped": True}, True, id="left out"),
            pytest.param({"question": "used", "skipped": True}, False, id="not left out"),
            pytest.param({"question": "used", "skipped": False}, True, id="not left out, wanted"),
            pytest.param({"question": "age", "at_least": 16}, True, id="at least, on the edge"),
            pytest.param({"question": "age", "at_least": 17}, False, id="at least, below"),
            pytest.param({"question": "age", "at_most": 16}, True, id="at most, on the edge"),
            pytest.param({"question": "age", "more_than": 16}, False, id="more than, on the edge"),
            pytest.param({"question": "age", "more_than": 9}, True, id="as numbers, not as words"),
            pytest.param({"question": "age", "less_than": 16}, False, id="less than, on the edge"),
            pytest.param({"question": "age", "equals": 16}, True, id="equals"),
            pytest.param(
                {"question": "age", "at_least": 11, "less_than": 16}, False, id="two bounds"
            ),
            pytest.param({"question": "born", "more_than": "2009-04-02"}, True, id="a later day"),
            pytest.param({"question": "born", "less_than": "2009-04-03"}, False, id="the same day"),
            pytest.param({"question": "worried", "at_least": 0}, False, id="a skip is no number"),
            pytest.param({"question": "used", "at_least": 0}, False, id="a word is no number"),
            pytest.param({"all": [INDIVIDUAL, ORGANISATION]}, False, id="all"),
            pytest.param({"any": [ORGANISATION, INDIVIDUAL]}, True, id="any"),
            pytest.param({"not": ORGANISATION}, True, id="not"),
            pytest.param(
                {"not": {"all": [INDIVIDUAL, {"any": [ORGANISATION]}]}}, True, id="nested"
            ),
        ],
    )
    def test_is_met_by_what_was_said(self, raw, expected):
        assert holds(raw) is expected

    @pytest.mark.parametrize(
        ("raw", "expected"),
        [
            ({"question": "unknown", "is": "x"}, False),
            ({"question": "unknown", "includes": "x"}, False),
            ({"question": "unknown", "answered": True}, False),
            ({"question": "unknown", "answered": False}, True),
            ({"question": "unknown", "skipped": True}, False),
            ({"question": "unknown", "at_least": 0}, False),
            ({"not": {"question": "unknown", "is": "x"}}, True),
        ],
    )
    def test_sees_a_question_never_asked_as_not_answered(self, raw, expected):
        assert holds(raw) is expected

    def test_mentions_all_that_it_looks_at(self):
        condition = CONDITION.validate_python(
            {"all": [INDIVIDUAL, {"not": {"question": "used", "answered": True}}]}
        )

        assert list(mentioned(condition)) == [("capacity", "individual"), ("used", None)]

    def test_mentions_nothing_when_there_is_none(self):
        assert list(mentioned(None)) == []

    @pytest.mark.parametrize(
        "raw",
        [
            pytest.param({"all": []}, id="nothing in all"),
            pytest.param({"question": "used"}, id="no test"),
            pytest.param({"question": "used", "is": "a", "includes": "b"}, id="two tests"),
            pytest.param({"any": [INDIVIDUAL], "not": INDIVIDUAL}, id="two joins"),
            pytest.param({"question": "age", "at_least": None}, id="no bound"),
            pytest.param({"question": "age", "at_least": True}, id="yes for a bound"),
            pytest.param({"question": "age", "is": "a", "at_most": 3}, id="two kinds of test"),
            pytest.param({"channel": ""}, id="no channel"),
            pytest.param({"channel": []}, id="a list of no channels"),
            pytest.param({"channel": "paper", "question": "age"}, id="a channel and a question"),
            pytest.param("capacity == 'individual'", id="code"),
            pytest.param(None, id="nothing"),
        ],
    )
    def test_is_refused_when_it_is_none(self, raw):
        with pytest.raises(ValidationError):
            CONDITION.validate_python(raw)

    def test_survives_being_written_out_and_read_again(self):
        condition = CONDITION.validate_python({"not": {"all": [INDIVIDUAL]}})

        assert CONDITION.validate_json(CONDITION.dump_json(condition, by_alias=True)) == condition

    def test_survives_when_it_compares_and_looks_at_the_setting(self):
        parts = [{"question": "age", "at_least": 3}, {"channel": ["paper", "phone"]}]
        condition = CONDITION.validate_python({"any": parts})

        assert CONDITION.validate_json(CONDITION.dump_json(condition, by_alias=True)) == condition


class TestAConditionOnTheSetting:
    @pytest.mark.parametrize(
        ("raw", "expected"),
        [
            pytest.param({"channel": "paper"}, True, id="this channel"),
            pytest.param({"channel": ["web", "paper"]}, True, id="one of two channels"),
            pytest.param({"channel": "web"}, False, id="another channel"),
            pytest.param({"variant": "easy_read"}, False, id="no variant at all"),
            pytest.param({"channel": "paper", "capacity": "letter"}, False, id="one of two keys"),
            pytest.param({"not": {"channel": "web"}}, True, id="turned round"),
            pytest.param({"any": [INDIVIDUAL, {"channel": "paper"}]}, True, id="any is enough"),
            pytest.param({"all": [INDIVIDUAL, {"channel": "web"}]}, False, id="all is too much"),
        ],
    )
    def test_is_settled_before_anything_is_asked(self, raw, expected):
        assert settled(CONDITION.validate_python(raw), PAPER) is expected

    def test_leaves_what_looks_at_answers(self):
        condition = CONDITION.validate_python(
            {"all": [{"channel": "paper"}, {"not": INDIVIDUAL}, {"any": [ORGANISATION]}]}
        )

        left = CONDITION.validate_python({"all": [{"not": INDIVIDUAL}, {"any": [ORGANISATION]}]})
        assert settled(condition, PAPER) == left

    def test_holds_until_it_is_settled(self):
        assert holds({"channel": "paper"})
