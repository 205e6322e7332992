"""Texts that mean much the same as what is searched for."""

from voice.analysis.nearness import nearest

TEXTS = (
    "Public transport never turns up",
    "Warm rooms please",
    "Nobody heard what I said",
    "I like my social worker",
    "It is cold in the classroom",
    "The food is good",
    "Clean the toilets",
    "42",
)


class TestNearest:
    def test_finds_other_words_for_the_same(self):
        found = [TEXTS[place] for place, _ in nearest("heating", TEXTS, limit=5)]

        assert found[0] == "Warm rooms please"
        assert "It is cold in the classroom" in found
        assert "I like my social worker" not in found

    def test_gives_each_place_of_a_text_that_stands_twice(self):
        twice = (*TEXTS, TEXTS[1])

        assert [place for place, _ in nearest("heating", twice, limit=2)] == [1, 8]

    def test_of_nothing_is_nothing(self):
        assert nearest("heating", [], limit=5) == []
        assert nearest("?", TEXTS, limit=5) == []
