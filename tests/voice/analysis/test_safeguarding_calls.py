"""Sentences that are a call by themselves, and the harmless ones that look like them."""

import csv
import time
from pathlib import Path

import pytest

from voice.analysis.safeguarding import Category, Tier, screen
from voice.analysis.safeguarding.calls import find_call, is_calm
from voice.analysis.safeguarding.normalising import read_words
from voice.analysis.safeguarding.resources import read_rows

FILES = Path(__file__).parent / "data"


def _calm(told: str) -> list[str]:
    with (FILES / "safeguarding_calm.csv").open(encoding="utf-8", newline="") as lines:
        return [row["text"] for row in csv.DictReader(lines) if row["calm"] == told]


def _texts(raises: str, name: str = "safeguarding_calls.csv") -> list[str]:
    with (FILES / name).open(encoding="utf-8", newline="") as lines:
        return [row["text"] for row in csv.DictReader(lines) if row["raises"] == raises]


class TestACall:
    @pytest.mark.parametrize("text", _texts("yes"))
    def test_wakes_the_lead_however_it_is_put(self, text):
        assert screen(text).tier is Tier.ALERT

    @pytest.mark.parametrize(
        ("text", "category"),
        [
            ("I don't feel safe at home", Category.ABUSE_PHYSICAL),
            ("im nt safe", Category.ABUSE_PHYSICAL),
            ("cant cope", Category.SELF_HARM_SUICIDE),
            ("kms lol", Category.SELF_HARM_SUICIDE),
            ("theres no1 2 look after us", Category.NEGLECT),
        ],
    )
    def test_says_what_it_is_about(self, text, category):
        assert screen(text).category == category

    def test_about_home_is_heard_beside_a_public_place(self):
        assert find_call(read_words("i dont feel safe at home or on the bus")) is not None
        assert find_call(read_words("i dont feel safe on the bus")) is None


class TestWhatLooksLikeACall:
    @pytest.mark.parametrize("text", _texts("no"))
    def test_is_not_taken_for_one(self, text):
        assert find_call(read_words(text)) is None


class TestThePatterns:
    @pytest.mark.parametrize(
        "words", ["i not am", "not are am", "yes", "dont talk to", "helps me with my", "scared to"]
    )
    def test_take_no_longer_for_words_that_repeat(self, words):
        hostile = [*words.split(), *(words.split()[-1:] * 100), "zebra"]
        started = time.process_time()

        find_call(hostile)
        is_calm(hostile)

        assert time.process_time() - started < 1


class TestACalmSentence:
    @pytest.mark.parametrize("text", _calm("yes"))
    def test_raises_nothing(self, text):
        assert screen(text).tier is Tier.NONE

    @pytest.mark.parametrize("text", _calm("no"))
    def test_is_not_seen_in_what_sounds_like_one(self, text):
        assert not is_calm(read_words(text))

    def test_is_in_no_reviewed_prototype_of_a_concern(self):
        concerns = [row for row in read_rows("prototypes.csv") if row["category"] != "none"]

        assert len(concerns) > 1000
        assert not [row["text"] for row in concerns if is_calm(read_words(row["text"]))]

    def test_leaves_the_rest_of_a_text_as_it_is(self):
        assert screen("They dont listen to me. My dad hits me.").sentence == "My dad hits me."


class TestACallInAnotherLanguage:
    """Welsh, Polish and Urdu; no native speaker has reviewed them."""

    @pytest.mark.parametrize("text", _texts("yes", "safeguarding_calls_languages.csv"))
    def test_wakes_the_lead(self, text):
        assert screen(text).tier is Tier.ALERT

    @pytest.mark.parametrize("text", _texts("help", "safeguarding_calls_languages.csv"))
    def test_of_fear_alone_shows_help_as_in_english(self, text):
        assert screen(text).tier is Tier.SUPPORT

    @pytest.mark.parametrize("text", _texts("no", "safeguarding_calls_languages.csv"))
    def test_is_not_seen_in_what_looks_like_one(self, text):
        assert screen(text).tier is Tier.NONE
