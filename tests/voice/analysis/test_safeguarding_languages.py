"""What a text in Welsh, Polish or Urdu raises, on any survey."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from voice.analysis.safeguarding import Tier, Urgency, screen
from voice.analysis.safeguarding.languages import reading
from voice.analysis.safeguarding.languages.folding import LANGUAGES, fold
from voice.analysis.safeguarding.languages.mutations import inflected, mutated
from voice.analysis.safeguarding.languages.rules import concept_rules
from voice.analysis.safeguarding.resources import languages_digest, read_language_weights, read_rows

DATA = Path(__file__).parent / "data"


class TestAnotherLanguage:
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("on mnie bije", id="Polish"),
            pytest.param("boje sie wracac do domu", id="Polish without its marks"),
            pytest.param("وہ مجھے مارتا ہے", id="Urdu"),
            pytest.param("وه مجھے مارتا ہے", id="Urdu with an Arabic letter"),
            pytest.param("woh mujhe marta hai", id="Urdu in Latin letters"),
            pytest.param("wo mujhay maarta hai", id="Urdu in Latin letters spelt otherwise"),
            pytest.param("mae o'n fy nharo i", id="Welsh with its word changed"),
            pytest.param("Nice park. Tata mnie bije! More buses.", id="between English"),
            pytest.param("my dad mnie bije", id="within English"),
        ],
    )
    def test_wakes_the_lead(self, text):
        assert screen(text).tier is Tier.ALERT

    @pytest.mark.parametrize(
        "text",
        ["ah want tae die", "want tae die", "mamu touches me", "abu locks me in", "touchd me"],
    )
    def test_is_not_seen_in_english_of_a_dialect_or_with_a_name(self, text):
        assert screen(text).tier is Tier.ALERT

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("nikt mnie nie bije", id="Polish denial"),
            pytest.param("koi mujhe nahi marta", id="Urdu denial"),
            pytest.param("does neb yn fy nharo", id="Welsh denial"),
            pytest.param("umieram ze śmiechu", id="Polish figure of speech"),
            pytest.param("hans hans ke mar gaya", id="Urdu figure of speech"),
            pytest.param("nes i farw chwerthin", id="Welsh figure of speech"),
        ],
    )
    def test_is_left_alone_where_it_means_no_harm(self, text):
        assert screen(text).tier is not Tier.ALERT

    def test_gives_the_sentence_word_for_word_and_names_rules_only(self):
        screening = screen("Park jest ok. Tata  mnie bije!")

        assert screening.sentence == "Tata  mnie bije!"
        assert all(reason.startswith("pl:") for reason in screening.reasons)

    @pytest.mark.parametrize(
        "text", ["chcę się zabić", "dwi isio lladd fy hun", "میں مرنا چاہتا ہوں"]
    )
    def test_says_immediate_for_danger_at_this_moment(self, text):
        assert screen(text).urgency is Urgency.IMMEDIATE


class TestSpellings:
    @pytest.mark.parametrize(
        ("language", "one", "other"),
        [
            ("pl", "bił żyletką", "bil zyletka"),
            ("cy", "tŷ mae'n", "ty mae’n"),
            ("ur", "كيا", "کیا"),
            ("ur", "mujhay", "muje"),
            ("ur", "khud\u200bkushi", "khudkushi"),
        ],
    )
    def test_of_one_word_become_one(self, language, one, other):
        assert fold(one, language) == fold(other, language)

    def test_of_welsh_words_change_at_both_ends(self):
        assert {"daro", "nharo", "tharo"} < set(mutated("taro"))
        assert "curodd" in inflected("curo")


class TestTheWordsAndRules:
    def test_name_only_concepts_that_every_language_has(self):
        used = {
            name.lstrip("!") for rule in concept_rules() for part in rule.parts for name in part
        }
        ages = {"young_age", "adult_age"}

        for language in LANGUAGES:
            rows = read_rows(f"languages/concepts_{language}.csv")
            assert used - ages <= {row["concept"] for row in rows}

    def test_are_the_ones_that_the_weights_were_trained_from(self):
        assert read_language_weights()["digest"] == languages_digest()

    def test_share_no_text_with_the_test_set(self):
        rows = [*_rows(), *_rows("safeguarding_languages_later.csv")]
        tested = {row["text"].casefold() for row in rows}

        assert not tested & {
            row["text"].casefold() for row in read_rows("languages/prototypes.csv")
        }


class TestOurTestSetInOtherLanguages:
    """A floor under the figures of `make bench-safeguarding`, never a target to tune."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_heard(self, language):
        concerns = [row for row in _rows() if row["language"] == language and _is_concern(row)]
        missed = [row for row in concerns if screen(row["text"]).tier is not Tier.ALERT]
        total = Counter(row["category"] for row in concerns)
        lost = Counter(row["category"] for row in missed)

        assert len(missed) <= 0.06 * len(concerns)
        assert not [row["text"] for row in missed if row["urgency"] == "immediate"]
        assert max(lost[name] / total[name] for name in total) <= 0.15

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_left_alone_where_it_is_harmless(self, language):
        harmless = [row for row in _rows() if row["language"] == language and not _is_concern(row)]
        alarms = [row for row in harmless if screen(row["text"]).tier is Tier.ALERT]

        assert len(alarms) <= 0.1 * len(harmless)


class TestTextsWrittenAfterwards:
    """Texts that were written when words, rules and weights stood: nothing was tuned on them."""

    def test_are_heard_and_left_alone_nearly_as_well(self):
        rows = _rows("safeguarding_languages_later.csv")
        concerns = [row for row in rows if _is_concern(row)]
        found = [row for row in concerns if screen(row["text"]).tier is Tier.ALERT]
        harmless = [row for row in rows if not _is_concern(row)]
        alarms = [row for row in harmless if screen(row["text"]).tier is Tier.ALERT]

        assert len(found) >= 0.92 * len(concerns)
        assert len(alarms) <= 0.1 * len(harmless)


def _rows(name="safeguarding_languages.csv"):
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _is_concern(row):
    return row["category"] != "none"


def test_a_sentence_of_english_words_alone_is_looked_for_in_no_other_language(monkeypatch):
    looked_for = []
    monkeypatch.setattr(reading, "_read_in", lambda sentence, *_: looked_for.append(sentence))

    reading.read_piece("Please keep the centre open in the evening, because we work and it is far.")
    assert not looked_for

    reading.read_piece("Please nie bij me.")
    assert set(looked_for) == {"Please nie bij me."}
