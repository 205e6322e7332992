"""The themes of a spreadsheet as one page."""

from dataclasses import replace

from voice.analysis.comparison import count_groups
from voice.analysis.findings import Comment, Mention, Note, Report, Theme, ToneCounts
from voice.reports.theme_summary import find_groups_that_say_more, theme_summary


class TestTheSummary:
    def test_shows_figures_with_their_base(self):
        page = theme_summary("Buses", {"": report(mentions=3, base=12)}, comments(12))

        assert "3 of 12 people (25%)" in page
        assert "so there is no response rate" in page

    def test_warns_that_few_people_can_be_recognised(self):
        few = theme_summary("Buses", {"": report(mentions=9, base=20)}, comments(20))
        many = theme_summary("Buses", {"": report(mentions=10, base=20)}, comments(20))

        assert "take care that nobody can be recognised" in few
        assert "take care that nobody can be recognised" not in many

    def test_lists_answers_that_fit_no_theme(self):
        page = theme_summary("Buses", {"": report(mentions=3, base=4)}, comments(4))

        assert "Answers that fit no theme (1)" in page
        assert "Answer number 3" in page

    def test_lists_what_is_worded_seriously_and_no_theme_carries(self):
        notes = {one: Note(weight=0.75) for one in ("0", "7")} | {"8": Note(weight=0.25)}
        found = replace(report(mentions=5, base=9), notes=notes)

        page = theme_summary("Buses", {"": found}, comments(9)).partition("worded seriously (1)")[2]

        assert "Answer number 7" in page[:200]

    def test_says_what_goes_together(self):
        both = theme(8, 40)
        found = replace(
            report(mentions=8, base=40), themes=(both, replace(both, key="t2", label="Fares"))
        )

        page = theme_summary("Buses", {"": found}, comments(40))

        assert (
            "“Late buses” and “Fares”</span>: 8 people say both; by chance it would be about 2"
            in page
        )

    def test_says_so_when_there_is_nothing(self):
        assert "There are no answers in this file." in theme_summary("Buses", {}, [])

    def test_shortens_a_quote_that_is_very_long(self):
        long = [Comment("0", "word " * 10_000), *comments(4)[1:]]

        page = theme_summary("Buses", {"": report(mentions=3, base=4)}, long)

        assert len(page) < 20_000


class TestGroupsThatSayMore:
    def test_are_named_with_both_shares(self):
        (more,) = say_more(theme(10, 40), comments(40, young=12))

        assert (more.name, more.group, more.mentions, more.comments) == ("age", "young", 10, 12)
        assert (more.share, more.other_share, more.warning) == (10 / 12, 0.0, False)

    def test_are_not_named_when_fewer_than_five_of_them_say_it(self):
        people = comments(400, young=12)

        assert say_more(theme(4, 400), people) == ()
        assert say_more(theme(5, 400), people) != ()

    def test_are_not_named_when_the_group_is_small(self):
        assert say_more(theme(9, 40), comments(40, young=9)) == ()


def say_more(raised, people):
    """Return the groups by age that say more."""
    return find_groups_that_say_more(lambda name: count_groups(raised, people, name), ["age"])


def comments(many, *, young=0):
    """Return `many` comments, the first `young` of them from young people."""
    return [
        Comment(str(n), f"Answer number {n}", groups={"age": "young" if n < young else "old"})
        for n in range(many)
    ]


def theme(mentions, base):
    """Return a theme that the first `mentions` comments raise."""
    raised = tuple(Mention(str(n), 1.0) for n in range(mentions))
    tone = ToneCounts(neutral=mentions)
    return Theme(
        "t1", "Late buses", "About buses.", (), raised, ("0",), tone, mentions, mentions / base
    )


def report(*, mentions, base):
    """Return a report with one theme, and everybody else unassigned."""
    everybody = [str(n) for n in range(base)]
    ranked = dict.fromkeys(everybody, ("t1",))
    rest = tuple(everybody[mentions:])
    return Report((theme(mentions, base),), base, (), rest, ranked, "words", 0.1, 1.0)
