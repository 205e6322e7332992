"""A survey as a file, written and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.definition import library_codes, read_from_library, read_survey, read_yaml
from surveys.writing import as_yaml, survey_text

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


class TestASurveyAsAFile:
    @pytest.mark.parametrize("code", library_codes())
    def test_reads_back_as_the_same_survey(self, code):
        survey = read_from_library(code)

        assert read_survey(survey_text(survey)) == survey

    @pytest.mark.parametrize("code", library_codes())
    def test_is_the_same_text_when_it_is_written_again(self, code):
        text = survey_text(read_from_library(code))

        assert survey_text(read_survey(text)) == text

    def test_shows_words_of_several_lines_as_they_are_read(self):
        assert as_yaml({"text": "One.\n\nTwo."}) == "text: |-\n  One.\n\n  Two.\n"

    @pytest.mark.parametrize("value", ["\x85", {"a\x85": None}, "a\u2028b\nc", "\u2029"])
    def test_holds_what_yaml_would_take_for_the_end_of_a_line(self, value):
        assert read_yaml(as_yaml({"value": value}), name="it") == {"value": value}

    @given(PLAIN)
    def test_holds_any_text_that_can_be_typed(self, value):
        assert read_yaml(as_yaml({"value": value}), name="it") == {"value": value}
