"""The lexicons hold what the detector expects, and the weights were trained from them."""

import csv
import hashlib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from benchmarks.safeguarding_training import VERSIONED
from voice.analysis.safeguarding import Category, Tier, Urgency, detector_version, screen
from voice.analysis.safeguarding.grammar import HARMLESS, all_rules
from voice.analysis.safeguarding.resources import read_rows

LEXICONS = files("voice.analysis.safeguarding") / "lexicons"
KINDS = {category.value for category in Category}


def read_set(name):
    """A test set of ours, with columns of their own."""
    path = Path(__file__).parent / "data" / f"safeguarding_{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


class TestTheLexicons:
    def test_have_rules_of_known_kinds_and_urgencies_with_names_of_their_own(self):
        rules = all_rules()

        assert {rule.category for rule in rules} == KINDS | {HARMLESS}
        assert {rule.urgency for rule in rules} <= {urgency.value for urgency in Urgency}
        assert len({rule.name for rule in rules}) == len(rules)

    def test_use_only_concepts_that_are_listed(self):
        listed = {row["concept"] for row in read_rows("concepts.csv")}
        used = {key for rule in all_rules() for step in rule.steps for key in step.keys}

        unknown = {key for key in used if key.startswith("@")} - {f"@{name}" for name in listed}

        assert unknown == {"@young_age", "@adult_age"} & unknown

    def test_hold_hundreds_of_prototypes_for_every_kind_and_voice(self):
        rows = list(read_rows("prototypes.csv"))
        counts = Counter(row["category"] for row in rows)

        assert set(counts) == KINDS | {"none"}
        assert min(counts.values()) >= 90
        assert len({row["text"] for row in rows}) == len(rows)

    @pytest.mark.parametrize("name", ["rules.csv", "languages/rules.csv"])
    def test_say_of_each_rule_that_may_raise_something_what_it_means(self, name):
        rules = [row for row in read_rows(name) if row["category"] != "harmless"]

        assert len(rules) > 190
        assert [row["rule"] for row in rules if not row["note"]] == []

    @pytest.mark.parametrize("name", ["own", "services", "kind"])
    def test_share_no_text_with_the_test_sets(self, name):
        tested = {row["text"].casefold() for row in read_set(name)}
        learnt = (*read_rows("prototypes.csv"), *read_rows("background.csv"))

        assert not tested & {row["text"].casefold() for row in learnt}

    def test_are_the_ones_that_the_weights_were_trained_from(self):
        whole = b"".join((LEXICONS / name).read_bytes() for name in VERSIONED)

        assert detector_version().endswith(hashlib.sha256(whole).hexdigest()[:10])


class TestOurOwnTestSet:
    """A floor under the figures of `python -m benchmarks.safeguarding`, never a target to tune."""

    def test_finds_the_concerns_and_every_immediate_one(self):
        concerns = [row for row in read_set("own") if row["label"] == "concern"]
        missed = [row for row in concerns if screen(row["text"]).tier is not Tier.ALERT]

        assert len(missed) <= 0.05 * len(concerns)
        assert not [row["id"] for row in missed if "urgency=immediate" in row["notes"]]

    def test_finds_at_least_85_in_100_of_every_category(self):
        concerns = [row for row in read_set("own") if row["label"] == "concern"]
        total = Counter(row["category"] for row in concerns)
        found = Counter(
            row["category"] for row in concerns if screen(row["text"]).tier is Tier.ALERT
        )

        assert min(found[name] / total[name] for name in total) >= 0.85

    def test_leaves_most_harmless_texts_alone(self):
        harmless = [row for row in read_set("own") if row["label"] == "none"]
        alarms = [row for row in harmless if screen(row["text"]).tier is Tier.ALERT]

        assert len(alarms) <= 0.16 * len(harmless)


class TestOrdinaryFeedback:
    """Sets written before the sentences that were learnt to leave such feedback alone."""

    def test_about_waiting_and_ringing_hides_no_concern_that_is_put_in_its_words(self):
        concerns = [row for row in read_set("services") if row["category"] != "none"]
        missed = [row for row in concerns if screen(row["text"]).tier is not Tier.ALERT]

        assert len(missed) <= 0.05 * len(concerns)
        assert not [row["text"] for row in missed if row["urgency"] == "immediate"]

    def test_about_waiting_and_ringing_seldom_wakes_anybody(self):
        """0.40 of these before our own sentences of feedback were learnt."""
        harmless = [row for row in read_set("services") if row["category"] == "none"]
        alarms = [row for row in harmless if screen(row["text"]).tier is Tier.ALERT]

        assert len(alarms) <= 0.25 * len(harmless)

    def test_of_kindness_seldom_wakes_anybody(self):
        """0.32 of these before: "he listens" is the commonest answer to "Who helps you?"."""
        kind = [row for row in read_set("kind") if row["category"] == "none"]
        alarms = [row["text"] for row in kind if screen(row["text"]).tier is Tier.ALERT]

        assert len(alarms) <= 0.08 * len(kind), alarms

    @pytest.mark.parametrize(
        "text", ["he listens", "he talks to me", "he takes me to football", "he understands me"]
    )
    def test_of_kindness_is_not_taken_for_anything_worse(self, text):
        assert screen(text).tier is Tier.NONE

    def test_of_kindness_hides_none_of_the_sentences_that_begin_like_it(self):
        unsafe = [row for row in read_set("kind") if row["category"] != "none"]
        missed = [row["text"] for row in unsafe if screen(row["text"]).tier is not Tier.ALERT]

        assert len(missed) <= 0.05 * len(unsafe), missed
        assert not [text for text in missed if screen(text).tier is Tier.NONE]
