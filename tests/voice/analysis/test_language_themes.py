"""Themes among answers in another language than most are in."""

from collections import Counter

import pytest

from voice.analysis.comments import Comment, find_themes
from voice.analysis.language_themes import FEWEST_PEOPLE

ENGLISH = (
    "The bus to school is always late in the morning",
    "The website is too cluttered for me to use",
)
POLISH = {
    "bus": "Autobus do szkoły jest zawsze spóźniony",
    "park": "W parku nie ma żadnych ławek dla starszych osób",
    "library": "Biblioteka jest zamknięta bardzo wcześnie wieczorem",
}


class TestOneOtherLanguage:
    def test_has_themes_by_words_where_enough_wrote_in_it(self, enough):
        found = [{one.comment_id[:2] for one in each.mentions} for each in self.polish(enough)]

        assert sorted(found, key=str) == [{"bu"}, {"li"}, {"pa"}]
        assert [theme.count for theme in self.polish(enough)] == [FEWEST_PEOPLE / 3] * 3

    def test_says_that_they_were_found_by_words_alone(self, enough):
        for theme in self.polish(enough):
            assert theme.label.startswith("Written in Polish: ")
            assert "by their words alone" in theme.description
            assert theme.quotes == ()
            assert all(mention.tone is None for mention in theme.mentions)

    def test_is_named_by_no_small_word(self, enough):
        names = [theme.label.partition(": ")[2].casefold() for theme in self.polish(enough)]
        ends = {word for name in names for word in (name.split()[0], name.split()[-1])}

        assert not {"nie", "jest", "dla", "bardzo"} & ends

    def test_keeps_everybody_and_counts_nobody_twice_among_groups(self, enough):
        raised = Counter(
            mention.comment_id for theme in self.polish(enough) for mention in theme.mentions
        )

        assert set(raised) == {f"{name}{n}" for name in POLISH for n in range(FEWEST_PEOPLE // 3)}
        assert set(raised.values()) == {1}
        assert enough.base == 40 + FEWEST_PEOPLE
        assert len({theme.key for theme in enough.themes}) == len(enough.themes)

    def test_stays_one_group_where_fewer_did(self):
        report = find_themes(answers(FEWEST_PEOPLE - 1))

        (group,) = self.polish(report)
        assert (group.label, group.count) == ("Written in Polish", FEWEST_PEOPLE - 1)

    def polish(self, report):
        return [theme for theme in report.themes if theme.language == "pl"]


@pytest.fixture(scope="module")
def enough():
    return find_themes(answers(FEWEST_PEOPLE))


def answers(polish):
    """Return forty answers in English and so many in Polish, as many about each thing."""
    english = [Comment(str(number), f"{ENGLISH[number % 2]} {number}") for number in range(40)]
    others = [
        Comment(f"{name}{number}", f"{words} {number}")
        for number in range(FEWEST_PEOPLE)
        for name, words in POLISH.items()
    ]
    return [*english, *others[:polish]]
