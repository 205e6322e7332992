"""Whether people speak well or badly of something."""

import pytest

from voice.analysis.findings import Tone, ToneCounts
from voice.analysis.tone import count_tones, read_tone


class TestTheTone:
    @pytest.mark.parametrize(
        ("text", "tone"),
        [
            ("The staff were friendly and helpful", Tone.POSITIVE),
            ("The staff were not friendly at all", Tone.NEGATIVE),
            ("The website is too cluttered", Tone.NEGATIVE),
            ("Please improve the care of patients", Tone.NEUTRAL),
            ("The bus stops near the school", Tone.NEUTRAL),
            ("公园", Tone.NEUTRAL),
        ],
    )
    def test_of_one_sentence_follows_its_feeling_words(self, text, tone):
        assert read_tone([text]) is tone

    def test_is_mixed_when_clauses_disagree(self):
        assert read_tone(["The nurse was lovely", "but the food was awful"]) is Tone.MIXED

    def test_is_not_mixed_by_a_plain_clause(self):
        assert read_tone(["The nurse was lovely", "I went on Monday"]) is Tone.POSITIVE

    def test_of_no_words_is_neutral(self):
        assert read_tone([]) is Tone.NEUTRAL


class TestCountingTones:
    def test_counts_everybody_who_wrote_the_same(self):
        counted = count_tones([(Tone.POSITIVE, 3), (Tone.MIXED, 1), (Tone.POSITIVE, 1)])

        assert counted == ToneCounts(positive=4, mixed=1)
