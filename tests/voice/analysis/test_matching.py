"""Words as they are compared: disguises, text-speak, slips and names of one thing."""

import pytest

from voice.analysis.aliases import AliasesError, aliases_with, own_aliases, read_aliases
from voice.analysis.comments import Comment, find_themes
from voice.analysis.copies import find_near_copies
from voice.analysis.labels import name_themes
from voice.analysis.matching import Spelling, is_disguised, write_plainly
from voice.analysis.reading import read_comments
from voice.analysis.written_in import language_of, name_of

LIBRARY = ("The library is good",) * 6
LETTER = "we the undersigned ask the council to keep our library open on every saturday"


class TestWordsAsTheyAreCompared:
    @pytest.mark.parametrize(
        ("typed", "compared"),
        [
            pytest.param("Ｌｉｂｒａｒｙ", "Library", id="full-width letters"),
            pytest.param("the pаrk", "the park", id="a Cyrillic a in a Latin word"),
            pytest.param("gr8 bus, u no", "great bus, you no", id="text-speak"),
            pytest.param("sooooo late", "so late", id="a stretched word"),
            pytest.param("OT and 2 buses", "OT and 2 buses", id="a service's letters and a number"),
            pytest.param("Парк", "Парк", id="a word wholly of another alphabet"),
            pytest.param("café", "café", id="an accent"),
        ],
    )
    def test_are_plain(self, typed, compared):
        assert write_plainly(typed) == compared

    def test_have_the_spelling_that_most_people_use(self):
        spelling = Spelling([*LIBRARY, "teh librery is good"], own_aliases())

        assert spelling.match("The librery") == "The library"

    @pytest.mark.parametrize("word", ["calmed", "calmer", "phoned", "Aylesbury", "chemo"])
    def test_leave_real_words_alone(self, word):
        spelling = Spelling([word, *("called caller phone",) * 20], own_aliases())

        assert spelling.match(word) == word

    def test_learn_a_place_that_no_dictionary_knows(self):
        spelling = Spelling([*("Aylesbury is far",) * 8, "Alyesbury"], own_aliases())

        assert spelling.match("Alyesbury") == "aylesbury"

    def test_are_never_shown(self):
        texts = ["the librery is gr8", *("The library is great",) * 5]

        reading = read_comments([Comment(str(at), text) for at, text in enumerate(texts)])

        assert reading.units[0] == "the librery is gr8"
        assert reading.matched[0] == "the library is great"
        assert reading.answers[0].ids == tuple("012345")

    def test_give_labels_as_most_people_typed_them(self):
        units = ["my librery card", "my librery card", "my library card"]
        spelling = Spelling([*LIBRARY, *units], own_aliases())

        (naming,) = name_themes(units, [[0, 1, 2]], spelling)

        assert naming.label == "Librery card"


class TestADisguise:
    @pytest.mark.parametrize("text", ["ｐａｒｋ", "the pаrk", "li\u200bbrary"])
    def test_is_noticed(self, text):
        assert is_disguised(text)

    @pytest.mark.parametrize(
        "text", ["Парк грязный", "a café’s cake", "ŵ’n well", "👍 park", "park"]
    )
    def test_is_not_seen_where_there_is_none(self, text):
        assert not is_disguised(text)


class TestNamesOfOneThing:
    @pytest.mark.parametrize("text", ["MOMO", "MoMo", "momo", "Mind of My Own", "the MOMO app"])
    def test_are_found_however_they_are_written(self, text):
        assert [place.name for place in own_aliases().find(text)] == ["Mind of My Own"]

    @pytest.mark.parametrize("text", ["I like mash", "send help", "it was a mess sw"])
    def test_leave_everyday_words_alone(self, text):
        assert list(own_aliases().find(text)) == []

    def test_are_counted_as_one_and_form_one_theme(self):
        texts = [
            *("MOMO helps me say what I think", "MoMo helps me say things to my worker"),
            *("Mind of My Own helps me say what I feel", "mind of my own helps me say it"),
            *("The park is dirty", "Dirty park and dirty swings", "Clean the dirty park"),
        ]

        report = find_themes([Comment(str(at), text) for at, text in enumerate(texts)])

        assert sum("Mind of My Own" in note.names for note in report.notes.values()) == 4
        (theme,) = [
            one for one in report.themes if "0" in {each.comment_id for each in one.mentions}
        ]
        assert {each.comment_id for each in theme.mentions} >= set("0123")

    def test_may_be_a_councils_own(self):
        aliases = aliases_with({"The Hive": ("Bee Centre",)})

        assert [place.name for place in aliases.find("the bee centre, and MOMO")] == [
            "The Hive",
            "Mind of My Own",
        ]

    @pytest.mark.parametrize("lines", [["name,other", "a,b"], ["name,also", ",b"], []])
    def test_are_refused_in_a_form_that_cannot_be_read(self, lines):
        with pytest.raises(AliasesError):
            read_aliases(lines)


class TestNearCopies:
    def test_are_found_among_thoughts_of_peoples_own(self):
        texts = ["more buses in the evening please for us all", LETTER, f"{LETTER} thank you"]

        assert find_near_copies(texts) == [(1, 2)]

    def test_are_not_what_only_begins_alike(self):
        one = "i would like the council to mend the swings in our park"
        other = "i would like the council to run a bus after six at night"

        assert find_near_copies([one, other]) == []

    def test_are_not_short_answers(self):
        assert find_near_copies(["more buses please", "more buses please now"]) == []

    def test_count_those_who_sent_the_very_same(self):
        comments = [Comment(str(at), LETTER) for at in range(14)]

        report = find_themes([*comments, Comment("own", "The park is dirty")])

        assert {key for key, note in report.notes.items() if note.near_copy == "0"} == {
            comment.id for comment in comments
        }


class TestTheLanguage:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Park jest brudny i nie ma ławek", "Polish"),
            ("Mae'r parc yn fudr iawn", "Welsh"),
            ("پارک بہت گندا ہے", "Urdu"),
            ("park bohat ganda hai aur mujhe nahi pasand", "Urdu"),
            ("Parcul este foarte murdar și nu este bun", "Romanian"),
            ("Парк грязный", "Cyrillic letters"),
            ("Zzyq brolm tarvik oplem nustri gavolt", "another language"),
        ],
    )
    def test_is_told(self, text, language):
        assert name_of(language_of(text)) == language

    @pytest.mark.parametrize(
        "text",
        [
            "fink da skool iz gud",
            "luv it",
            "Buses",
            "la la la",
            "Staff friendly, parking easy",
            "?",
        ],
    )
    def test_is_english_where_nothing_else_is_sure(self, text):
        assert language_of(text) == "en"

    def test_sets_the_few_apart_and_not_the_many(self):
        polish = [
            "Park jest brudny i nie ma ławek",
            "Nie ma tu nic dla dzieci",
            "Bardzo brudny jest",
        ]

        report = find_themes(
            [Comment(str(at), text) for at, text in enumerate([*polish, "The park is dirty"])]
        )

        (apart,) = [theme for theme in report.themes if theme.language]
        assert (apart.label, apart.count, apart.share) == ("Written in English", 1, 1 / 4)
        assert report.ranked["3"][0] == apart.key
        assert {theme.key for theme in report.themes} == set(report.ranked["0"])
