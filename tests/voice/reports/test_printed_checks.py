"""Figures of a draft, checked by their own numbers and against each other."""

import pytest

from voice.reports.printed_checks import Verdict, check_printed


def verdict_of(line):
    (checked,) = check_printed(line)
    return checked.verdict, " ".join(checked.reasons)


class TestALine:
    @pytest.mark.parametrize(
        "line",
        [
            pytest.param("82% (37 of 45) are less likely to offend", id="count and base after"),
            pytest.param("48 out of 84 (57%) came from social care", id="before"),
            pytest.param("294 (96%) of the 307 shoppers", id="base further on"),
            pytest.param("12, equalling 14%, of 84", id="in words"),
            pytest.param("1,172 of 1,221 (96%)", id="thousands"),
            pytest.param("114 of 115: 99.1%", id="a decimal, after a colon"),
            pytest.param("245 referrals (16%) of 1506", id="a noun between"),
        ],
    )
    def test_agrees_where_its_share_follows_from_its_numbers(self, line):
        assert verdict_of(line)[0] is Verdict.AGREES

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            pytest.param("48 of 84 (60%)", "48 of 84 is 57.1%, not 60%.", id="share"),
            pytest.param("99.2% (114 of 115)", "is 99.1%, not 99.2%.", id="decimal"),
            pytest.param("50 of 45 agreed", "50 is more than the 45 it is of.", id="too many"),
            pytest.param("94%, n = 21", "No whole number out of 21 is 94%.", id="no count fits"),
        ],
    )
    def test_does_not_follow_where_its_numbers_give_another_share(self, line, reason):
        verdict, words = verdict_of(line)

        assert verdict is Verdict.WRONG
        assert reason in words

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            pytest.param("79%, n = 534", "420 to 424 of 534 are 79%", id="several"),
            pytest.param("Of the 45 who replied, 82% agree", "Only 37 of 45 is 82%.", id="one"),
            pytest.param("100%, n = 3", "Only 3 of 3 is 100%.", id="everybody"),
        ],
    )
    def test_says_which_counts_its_share_leaves_open(self, line, reason):
        verdict, words = verdict_of(line)

        assert verdict is Verdict.AGREES
        assert reason in words

    def test_that_says_nine_out_of_ten_is_asked_whether_there_were_ten(self):
        assert verdict_of("9 out of 10 children took part")[0] is Verdict.NO_BASE

    def test_of_half_a_per_cent_is_rounded_up(self):
        assert verdict_of("13% (1 of 8)")[0] is Verdict.AGREES
        assert verdict_of("12% (1 of 8)")[0] is Verdict.WRONG

    def test_without_a_figure_is_left_out(self):
        assert check_printed("We asked people about buses.\n\nThank you.") == ()


class TestSeveralLines:
    def test_share_the_base_of_a_line_above_until_an_empty_line(self):
        first, second = check_printed("n = 534\nHelpful: 68%\n\nUseful: 68%")

        assert first.verdict is Verdict.AGREES
        assert second.verdict is Verdict.NO_BASE

    def test_of_one_name_conflict_when_they_cannot_both_be_true(self):
        first, second = check_printed("Agree: 40 of 80 (50%)\nagree: 60%, n = 80")

        assert first.verdict is second.verdict is Verdict.CONFLICT

    def test_of_one_name_do_not_when_one_is_only_rounded(self):
        lines = check_printed("Agree: 82.2% (37 of 45)\nAgree: 82%, n = 45")

        assert {each.verdict for each in lines} == {Verdict.AGREES}

    def test_a_total_of_rounded_shares_may_be_a_point_out(self):
        last = check_printed("n = 3\nA: 33%\nB: 33%\nC: 33%\nTotal: 100%")[-1]

        assert last.verdict is Verdict.AGREES

    def test_a_total_begins_anew_after_a_total(self):
        last = check_printed("A: 4\nB: 5\nTotal: 9\nC: 2\nD: 3\nTotal: 5")[-1]

        assert last.reasons == ("2 + 3 is 5.",)
