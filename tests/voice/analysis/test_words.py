"""Words of an answer."""

import pytest

from voice.analysis.findings import Tone
from voice.analysis.tone import read_tone
from voice.analysis.words import (
    MAX_UNITS_PER_COMMENT,
    find_collocations,
    read_stems,
    read_tokens,
    split_units,
)


class TestSplittingIntoUnits:
    @pytest.mark.parametrize(
        ("text", "units"),
        [
            pytest.param("The bus is late. It is full too!", 2, id="sentences"),
            pytest.param("I saw Dr. Khan at the clinic today", 1, id="abbreviation"),
            pytest.param("It costs £2.50 for the bus each day", 1, id="decimal point"),
            pytest.param("The staff were very kind but the room was cold", 2, id="clauses"),
            pytest.param("Kind but slow", 1, id="too short for clauses"),
            pytest.param("The bus is late. Really.", 1, id="short sentence joins"),
            pytest.param("first thing we need\nsecond thing we need", 2, id="lines"),
            pytest.param("公园里面很脏。 公交车每天都很晚。", 1, id="no spaces between words"),
            pytest.param("park", 1, id="one word"),
        ],
    )
    def test_finds_sentences_and_clauses(self, text, units):
        assert len(split_units(text)) == units

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("The bus was late. " * 500, id="very many sentences"),
            pytest.param("word " * 20_000, id="no full stop at all"),
        ],
    )
    def test_never_makes_too_many_and_loses_nothing(self, text):
        units = split_units(text)

        assert len(units) <= MAX_UNITS_PER_COMMENT
        assert " ".join(units).split() == text.split()


class TestReadingWords:
    def test_lowers_case_and_keeps_stop_words(self):
        assert read_tokens("The BUS isn’t here") == ["the", "bus", "isn't", "here"]

    def test_leaves_out_tags_addresses_and_accounts(self):
        assert read_tokens("<b>park</b> @me https://example.org/x :-) 5") == ["park"]

    def test_stems_the_words_that_carry_meaning(self):
        assert read_stems("The buses were running late") == ["buse", "run", "late"]

    def test_keeps_everything_when_there_are_only_stop_words(self):
        assert read_stems("it was so") == ["it", "was", "so"]


class TestCollocations:
    def test_are_pairs_that_occur_together_more_than_by_chance(self):
        units = [["social", "worker", word] for word in "abcdefghij" * 3]
        units += [[word, "late"] for word in "abcdefghij" * 3]

        assert find_collocations(units) == {("social", "worker")}

    def test_are_all_pairs_among_few_units(self):
        assert find_collocations([["a", "b"]]) == {("a", "b")}


class TestAContrast:
    @pytest.mark.parametrize(
        ("text", "units"),
        [
            pytest.param(
                "good forum, however too many objectives",
                ("good forum", "however too many objectives"),
                id="however",
            ),
            pytest.param(
                "Nice staff but long waits there",
                ("Nice staff", "but long waits there"),
                id="but",
            ),
            pytest.param("All but one came", ("All but one came",), id="no contrast"),
        ],
    )
    def test_parts_two_units(self, text, units):
        assert split_units(text) == units

    def test_lets_each_have_its_own_tone(self):
        tones = [
            read_tone([unit]) for unit in split_units("good forum, however too many objectives")
        ]

        assert tones == [Tone.POSITIVE, Tone.NEGATIVE]
