"""Coding to a frame: by the frame's own words, and as coded examples teach."""

import pytest

from voice.analysis.coding.frames import FrameTheme, widen
from voice.analysis.coding.reports import code_by_question
from voice.analysis.findings import Comment

FRAME = (
    FrameTheme("buses", "Buses", "The bus is late or full", ("bus", "timetable")),
    FrameTheme("site", "Website", "Pages are cluttered", ("website", "pages")),
    FrameTheme("kind", "Kind staff", "People who listened", ("kind", "listened")),
)
SAID = (
    ("The bus to school is {} late", {"buses"}),
    ("Your website has {} cluttered pages", {"site"}),
    ("She was {} kind and listened to me", {"kind"}),
    ("The bus is {} late but the driver was kind", {"buses", "kind"}),
)
HOW = ("always", "often", "so", "very", "really", "too", "quite", "mostly", "sometimes", "rather")


def make_comments(question="Q"):
    return [
        Comment(f"r{number}-{place}", words.format(how), question)
        for number, how in enumerate(HOW)
        for place, (words, _) in enumerate(SAID)
    ]


def codes_for(comments, *, most=None):
    given = [(each.question, each.id) for each in comments][:most]
    return {(put, one): frozenset(SAID[int(one[-1])][1]) for put, one in given}


def raised_in(report):
    found = {}
    for theme in report.themes:
        for mention in theme.mentions:
            found.setdefault(mention.comment_id, set()).add(theme.key)
    return found


class TestWithoutExamples:
    def test_goes_by_the_frames_own_words(self):
        report = code_by_question(make_comments(), FRAME, {})["Q"]

        assert raised_in(report)["r0-0"] == {"buses"}
        assert raised_in(report)["r0-1"] == {"site"}
        assert "words alone" in report.model

    def test_leaves_what_no_theme_speaks_of_to_a_person(self):
        comments = [*make_comments(), Comment("odd", "Xylophone quizzes please", "Q")]

        assert "odd" in code_by_question(comments, FRAME, {})["Q"].unassigned

    def test_lists_a_theme_that_nobody_raised(self):
        frame = (*FRAME, FrameTheme("zebra", "Zebra crossings"))

        report = code_by_question(make_comments(), frame, {})["Q"]

        assert {theme.key: theme.count for theme in report.themes}["zebra"] == 0


class TestReading:
    def test_is_that_of_finding(self, report):
        assert report.notes["copy"].near_copy == "letter"
        assert report.notes["momo"].names == ("Mind of My Own",)

    def test_reads_the_names_of_one_thing_as_one(self, report):
        assert raised_in(report)["momo"] == {"app"}

    def test_sets_another_language_apart_and_counts_it(self, report):
        (polish,) = [theme for theme in report.themes if theme.language]

        assert (polish.language, [one.comment_id for one in polish.mentions]) == ("pl", ["pl"])
        assert report.base == 4 + len(SAID) * len(HOW)
        assert "pl" not in report.unassigned

    def test_lets_a_code_stand_in_any_language(self):
        comments = [*make_comments(), POLISH]

        report = code_by_question(comments, FRAME, {("Q", "pl"): frozenset({"buses"})})["Q"]

        assert raised_in(report)["pl"] == {"buses"}
        assert not any(theme.language for theme in report.themes)


POLISH = Comment("pl", "Nie ma autobusu i nie mogę dojechać do szkoły, bo jest za daleko", "Q")


@pytest.fixture(scope="module")
def report():
    """Return a report of answers among which are a copy, an acronym and Polish."""
    letter = "Please keep the library in our village open on Saturday mornings for everybody"
    said = {"letter": letter, "copy": f"{letter} here", "momo": "MOMO helped"}
    comments = [*make_comments(), *(Comment(one, text, "Q") for one, text in said.items())]
    frame = (*FRAME, FrameTheme("app", "Mind of My Own"))
    return code_by_question([*comments, POLISH], frame, {})["Q"]


class TestFromExamples:
    def test_learns_that_one_answer_raises_two_themes(self):
        comments = make_comments()

        report = code_by_question(comments, FRAME, codes_for(comments, most=28))["Q"]

        unseen = {one.id: SAID[int(one.id[-1])][1] for one in comments[28:]}
        assert {one: raised_in(report).get(one, set()) for one in unseen} == unseen
        assert "28 coded answers" in report.model

    def test_learns_a_theme_from_examples_that_its_words_do_not_name(self):
        frame = tuple(FrameTheme(key, name) for key, name in zip("abc", "XYZ", strict=True))
        to = {"buses": "a", "site": "b", "kind": "c"}
        comments = make_comments()
        codes = {
            place: frozenset(to[one] for one in given)
            for place, given in codes_for(comments, most=28).items()
        }

        report = code_by_question(comments, frame, codes)["Q"]

        assert raised_in(report)["r9-0"] == {"a"}
        assert raised_in(report)["r9-1"] == {"b"}

    def test_what_a_person_coded_stands(self):
        comments = make_comments()
        codes = codes_for(comments) | {
            ("Q", "r0-0"): frozenset({"site"}),
            ("Q", "r1-0"): frozenset(),
        }

        report = code_by_question(comments, FRAME, codes)["Q"]

        assert raised_in(report)["r0-0"] == {"site"}
        assert "r1-0" in report.unassigned
        assert report.ranked["r0-0"][0] == "site"

    def test_says_the_same_again(self):
        comments = make_comments()
        reports = [code_by_question(comments, FRAME, codes_for(comments, most=30)) for _ in "12"]

        assert reports[0]["Q"].themes == reports[1]["Q"].themes
        assert reports[0]["Q"].ranked == reports[1]["Q"].ranked


class TestEveryAnswer:
    @pytest.mark.parametrize("coded", [0, 30])
    def test_is_in_the_report_of_its_question_alone(self, coded):
        comments = [*make_comments("Q"), *make_comments("R"), Comment("n", "n/a", "R")]

        reports = code_by_question(comments, FRAME, codes_for(comments, most=coded))

        assert list(reports) == ["Q", "R"]
        assert (reports["Q"].base, reports["R"].base) == (40, 40)
        assert reports["R"].without_content == ("n",)
        assert set(reports["Q"].ranked) == {one.id for one in comments if one.question == "Q"}

    def test_nothing_is_a_theme_where_people_coded_it_as_one(self):
        empty = [Comment(f"e{number}", "Nothing.", "Q") for number in range(6)]
        comments = [*make_comments(), *empty]
        frame = (*FRAME, FrameTheme("happy", "Nothing to improve"))
        codes = codes_for(make_comments()) | {
            ("Q", f"e{number}"): frozenset({"happy"}) for number in range(4)
        }

        report = code_by_question(comments, frame, codes)["Q"]

        assert report.without_content == ()
        assert raised_in(report)["e5"] == {"happy"}

    @pytest.mark.parametrize("frame", [(), FRAME])
    def test_none_gives_an_empty_report(self, frame):
        assert code_by_question([], frame, {}) == {}
        silent = code_by_question([Comment("a", "", "Q")], frame, {})["Q"]
        assert (silent.base, silent.without_content) == (0, ("a",))


def test_a_label_that_the_frame_lacks_becomes_a_theme():
    assert [theme.key for theme in widen(FRAME, ["new", "site", "more"])] == [
        *("buses", "site", "kind", "more", "new")
    ]
