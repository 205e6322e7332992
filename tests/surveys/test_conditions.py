"""When a question is asked."""

import pytest
from pydantic import TypeAdapter, ValidationError

from surveys.answers import Answer
from surveys.conditions import Condition, is_met, mentioned

CONDITION = TypeAdapter(Condition)
HEARD = {
    "capacity": Answer("capacity", ("individual",)),
    "used": Answer("used", ("play", "clubs")),
    "worried": Answer("worried"),
}
INDIVIDUAL = {"question": "capacity", "is": "individual"}
ORGANISATION = {"question": "capacity", "is": "organisation"}


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
