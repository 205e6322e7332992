"""Whether people speak well or badly of something."""

import pytest

from benchmarks import tone as benchmark
from voice.analysis import tone
from voice.analysis.findings import Tone, ToneCounts
from voice.analysis.tone import count_tones, read_tone
from voice.analysis.tone_words import read_by_rules


class TestTheTone:
    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("The staff were friendly and helpful", Tone.POSITIVE),
            ("The staff were not friendly at all", Tone.NEGATIVE),
            ("The website is too cluttered", Tone.NEGATIVE),
            ("Please improve the care of patients", Tone.NEUTRAL),
            ("The bus stops near the school", Tone.NEUTRAL),
            ("公园", Tone.NEUTRAL),
        ],
    )
    def test_of_one_sentence_follows_its_feeling_words(self, text, wanted):
        assert read_tone([text]) is wanted

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


class TestTheQuestion:
    WAITED = ("I waited for five hours",)

    def test_that_asks_for_a_judgement_tells_what_plain_words_mean(self):
        assert read_tone(self.WAITED, "What could we do better?") is Tone.NEGATIVE
        assert read_tone(["Speed"], "What was good?") is Tone.POSITIVE
        assert read_tone(["Speed"], "What could we do better?") is Tone.NEGATIVE

    def test_that_asks_for_none_leaves_it_to_the_words(self):
        assert read_tone(["Speed"], "What is your favourite colour?") is Tone.NEUTRAL

    def test_may_be_in_another_language_and_goes_by_the_rules(self):
        assert read_tone(["Obsługa była dla mnie bardzo miła"], "What was good?") is Tone.NEUTRAL

    def test_needs_no_encoder(self, monkeypatch):
        monkeypatch.setattr(tone, "find_model", lambda: None)

        assert read_tone(["The staff were friendly"], "What was good?") is Tone.POSITIVE
        assert read_tone(["Speed"], "What was good?") is Tone.NEUTRAL


class TestTheBenchmark:
    def test_measures_what_was_not_learnt_from_and_beats_the_rules(self):
        units, asked, judged = (several[:900] for several in benchmark.read_judged())
        seen = benchmark.see_all(units, asked)

        learnt = benchmark.learn(seen[:600], judged[:600])
        ours = benchmark.read_with(*learnt, units[600:], asked[600:])

        rules = [read_by_rules(each) for each in units[600:]]
        by_rules = benchmark.figures(judged[600:], rules)
        assert benchmark.figures(judged[600:], ours)["accuracy"] > by_rules["accuracy"] + 0.05
        assert benchmark.figures(judged, judged) == {"accuracy": 1.0, "macro-F1": 1.0}
