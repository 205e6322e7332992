"""What an English text of one to four words raises."""

import csv
from pathlib import Path

import pytest

from voice.analysis.safeguarding import Tier, Urgency, is_safe_word, screen

SHORT = Path(__file__).parent / "data" / "safeguarding_short.csv"


class TestAFewWords:
    @pytest.mark.parametrize(
        "text",
        [
            "im 14",
            "i dont get it",
            "im a girl",
            "purple",
            "bad",
            "bye",
            "i hate maths",
            "him",
            "her",
            "dunno hw 2 say",
            "dunno what to say",
        ],
    )
    def test_that_tell_nothing_raise_nothing(self, text):
        assert screen(text).tier is Tier.NONE

    @pytest.mark.parametrize(
        "text",
        [
            "Home is hell. I dont eat. Nobody looks after me.",
            "im done. i cant do this. goodnight",
            "I wear long sleeves. Always. Nobody knows why.",
        ],
    )
    def test_tell_more_where_several_stand_together(self, text):
        assert screen(text).tier is Tier.ALERT

    @pytest.mark.parametrize("text", ["she hits me", "mum slapped me", "wanna die", "im cutting"])
    def test_that_speak_of_harm_wake_the_lead(self, text):
        assert screen(text).tier is Tier.ALERT

    @pytest.mark.parametrize("text", ["please help me", "I'm not safe", "call the police!"])
    def test_that_call_for_help_are_an_alert_at_once(self, text):
        screening = screen(text)

        assert (screening.tier, screening.urgency) == (Tier.ALERT, Urgency.IMMEDIATE)

    def test_are_a_call_for_help_beside_other_words_too(self):
        assert screen("The food is nice. Please help me.").sentence == "Please help me."


class TestOurTestSetOfFewWords:
    """A floor under the figures of `make bench-safeguarding`, never a target to tune."""

    def test_is_left_alone_where_it_is_harmless(self):
        harmless = [row["text"] for row in _rows() if row["category"] == "none"]
        raised = [text for text in harmless if screen(text).tier is not Tier.NONE]
        alarms = [text for text in harmless if screen(text).tier is Tier.ALERT]

        assert len(alarms) <= 0.05 * len(harmless)
        assert len(raised) <= 0.12 * len(harmless)

    def test_is_heard(self):
        told = [row for row in _rows() if row["category"] != "none"]
        missed = [
            row
            for row in told
            if screen(row["text"]).tier is not Tier.ALERT and not is_safe_word(row["text"])
        ]

        assert len(missed) <= 0.1 * len(told)


def _rows():
    with SHORT.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


class TestSomebodyUnhappy:
    @pytest.mark.parametrize(
        "text", ["i feel sad", "school makes me sad", "i feel sad when my mum shouts", "im lonely"]
    )
    def test_is_shown_where_help_is(self, text):
        assert screen(text).tier is Tier.SUPPORT

    @pytest.mark.parametrize("text", ["i was sad when it shut", "im not sad", "im sick of waiting"])
    def test_is_not_read_into_what_is_over_denied_or_a_complaint(self, text):
        assert screen(text).tier is Tier.NONE
