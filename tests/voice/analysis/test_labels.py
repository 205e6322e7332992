"""What to call a theme, and how to speak for it."""

import numpy as np
import pytest

from voice.analysis.descriptions import describe_theme
from voice.analysis.labels import WITHOUT_A_NAME, name_themes
from voice.analysis.quotes import choose_quotes

UNITS = (
    "My social worker listens",
    "Social workers should listen",
    "a new social worker again",
    "Right to play in the park",
    "the right to play",
    "children have a right to play",
)


class TestNamingThemes:
    def test_chooses_a_phrase_that_sets_the_theme_apart_as_most_spelt_it(self):
        namings = name_themes(UNITS, [[0, 1, 2], [3, 4, 5]])

        assert [naming.label for naming in namings] == ["Social worker", "Right to play"]

    def test_gives_words_that_do_not_repeat_one_another(self):
        (naming, _) = name_themes(UNITS, [[0, 1, 2], [3, 4, 5]])

        words = " ".join(naming.words).split()
        assert len(set(words)) == len(words)

    def test_never_gives_two_themes_one_label(self):
        namings = name_themes(UNITS, [[0, 1, 2], [0, 1, 2]])

        assert namings[0].label != namings[1].label

    def test_rather_names_something_than_a_vague_word(self):
        units = ["Need shelter", "help with shelter I need", "need help", "more buses", "a bus"]

        (naming, _) = name_themes(units, [[0, 1, 2], [3, 4]])

        assert naming.label not in {"Need", "Help"}

    def test_says_so_when_no_word_is_shared(self):
        (naming,) = name_themes(["one", "two"], [[0, 1]])

        assert naming == type(naming)(WITHOUT_A_NAME, ())

    def test_uses_no_phrase_of_one_person_however_often_they_said_it(self):
        units = ["Dad locks the cellar door"] * 3 + ["the bus is late", "my bus is late"]

        (naming,) = name_themes(units, [[0, 1, 2, 3, 4]], owners=[0, 0, 0, 1, 2])

        assert "bus" in naming.label.casefold()
        assert "cellar" not in " ".join((naming.label, *naming.words)).casefold()

    @pytest.mark.parametrize(("people", "label"), [(4, "Cellar"), (5, "Other comments")])
    def test_needs_three_people_for_a_phrase_where_the_theme_has_five(self, people, label):
        units = ["cellar", "cellar", *("apple", "brick", "cloud")[: people - 2]]

        (naming,) = name_themes(units, [list(range(people))], owners=range(people))

        assert naming.label == label

    def test_counts_everybody_who_wrote_the_same(self):
        (naming,) = name_themes(["better buses"], [[0]], owners=[0], people={0: 5})

        assert naming.label == "Better buses"

    def test_uses_no_words_of_those_who_may_not_be_quoted(self):
        units = ["cellar", "cellar", "cellar", "bus", "bus"]

        (naming,) = name_themes(units, [[0, 1, 2, 3, 4]], people={0: 0, 1: 0, 2: 0, 3: 1, 4: 1})

        assert (naming.label, naming.words) == ("Bus", ("bus",))

    def test_gives_two_themes_without_a_name_two_labels(self):
        one, other = name_themes(["one", "two", "apple", "brick"], [[0, 1], [2, 3]])

        assert (one.label, other.label) == (WITHOUT_A_NAME, f"{WITHOUT_A_NAME} 2")


class TestDescribingATheme:
    def test_names_other_words_and_gives_an_example(self):
        said = describe_theme("Late buses", ("late buses", "school", "bus"), "The bus is late")

        assert said == (
            "People mention “late buses”, “school” and “bus”. For example: “The bus is late”"
        )

    def test_shortens_a_long_example_at_a_word(self):
        said = describe_theme("Buses", ("buses",), "word " * 100)

        assert said.endswith("word …”")
        assert len(said) < 260


class TestChoosingQuotes:
    def test_takes_the_strongest_that_differ(self):
        texts = ["The bus to school is late", "The bus to school is late!", "Buses are too full"]
        vectors = np.array([[1, 0], [1, 0], [0.6, 0.8]], dtype=np.float32)

        assert choose_quotes(texts, vectors, [0.9, 0.9, 0.5]) == [0, 2]

    def test_takes_a_long_text_only_when_there_is_nothing_better(self):
        texts = ["word " * 1_000, "The bus to school is late"]
        vectors = np.array([[1, 0], [0.6, 0.8]], dtype=np.float32)

        assert choose_quotes(texts, vectors, [0.9, 0.7], most=1) == [1]
