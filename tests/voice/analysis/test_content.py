"""Whether an answer says anything."""

import pytest

from voice.analysis.content import fold, has_content


class TestAnAnswerWithoutContent:
    @pytest.mark.parametrize(
        "text",
        [
            *("", "   ", "-", "...", "👍", "🎉🎉", "5", "10/10", "x"),
            *("n/a", "N/A.", "NA", "None", "Nothing", "nothing!", "Nil", "no", "Yes"),
            *("don't know", "Don’t know", "dont know", "I don't really know", "not sure", "idk"),
            *("No comment", "no comments at this time", "Nothing else to add", "No, nothing."),
            *("None that I can think of", "Nothing comes to mind", "Not applicable"),
            *("Absolutely nothing", "Nothing, thank you.", "None, thanks!", "No complaints at all"),
            *("Nothing could be improved", "No improvement needed", "Nothing needs to change"),
            *("Prefer not to say", "As above", "No faults whatsoever", "No problems for me"),
        ],
    )
    def test_is_recognised(self, text):
        assert not has_content(text)


class TestAnAnswerWithContent:
    @pytest.mark.parametrize(
        "text",
        [
            *("Good", "Staff", "More buses", "No buses", "Nothing works", "Nobody listens to me"),
            *(
                "I don't know who my social worker is",
                "not sure the park is safe",
                "脏",
                "Да, грязно",
            ),
            *("Nothing could be better than the youth club", "hi 👍", "No more cuts"),
            *(
                "I have no say",
                "I have no say in this at all",
                "No time for me",
                "Nothing has changed",
            ),
            *("Nothing was done", "No better", "Nothing. Everything was perfect", "All good"),
        ],
    )
    def test_is_kept(self, text):
        assert has_content(text)


class TestFolding:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param("Better buses!", "better  buses", id="case, space and punctuation"),
            pytest.param("Don’t cut it", "dont cut it", id="apostrophes"),
            pytest.param("ｂｕｓ", "bus", id="full-width letters"),
        ],
    )
    def test_makes_equal_answers_equal(self, one, other):
        assert fold(one) == fold(other)

    def test_keeps_signs_that_carry_meaning_in_other_scripts(self):
        assert fold("ਪਾਰਕ") == "ਪਾਰਕ"
