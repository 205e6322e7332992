"""Words made ready to be searched."""

import pytest

from voice.analysis.aliases import aliases_with
from voice.analysis.searching import fold_words, read_terms


class TestFinding:
    @pytest.mark.parametrize(
        ("asked", "text"),
        [
            pytest.param("MEETING", "Two meetings a day", id="whatever case and number"),
            pytest.param("cafe", "The café was closed", id="without the accent"),
            pytest.param("close", "They are closing it", id="another ending"),
            pytest.param("story", "Tell us stories", id="a plural that changes"),
            pytest.param("Mind of My Own", "I use MoMo", id="a name for another name"),
            pytest.param("momo", "The Mind Of My Own app", id="the other way round"),
            pytest.param("the meetings", "A meeting", id="a stop word that is not there"),
            pytest.param('"too long"', "It was too long", id="a phrase"),
            pytest.param("“buses late”", "Busses? No: the bus, late", id="a phrase in curly marks"),
            pytest.param("", "Anything", id="nothing asked"),
        ],
    )
    def test_finds(self, asked, text):
        assert read_terms(asked).found_in(fold_words(text))

    def test_finds_by_a_councils_own_name(self):
        own = aliases_with({"Zap workshops": ("ZW", "Zap day")})

        assert read_terms("zap workshop", own).found_in(fold_words("The Zap Day was fun", own))

    @pytest.mark.parametrize(
        ("asked", "text"),
        [
            pytest.param('"too long"', "too very long", id="words of a phrase apart"),
            pytest.param("bus meeting", "The bus was late", id="one word of two"),
            pytest.param("name", "[name] came", id="what masking put there"),
            pytest.param("us", "The bus", id="a part of a word"),
        ],
    )
    def test_does_not_find(self, asked, text):
        assert not read_terms(asked).found_in(fold_words(text))
