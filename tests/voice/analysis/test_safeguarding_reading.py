"""How a sentence is cut, repaired and matched before anything is scored."""

import pytest

from voice.analysis.safeguarding.concepts import concepts_of, inflections
from voice.analysis.safeguarding.grammar import find_hits
from voice.analysis.safeguarding.longtexts import MAX_CHARS, choose_pieces
from voice.analysis.safeguarding.normalising import read_words
from voice.analysis.safeguarding.sentences import MAX_SENTENCE_CHARS, split_sentences
from voice.analysis.safeguarding.spelling import closest_word, is_one_slip_away


class TestReadingWords:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            pytest.param("2nite im gonna", "tonight im going to", id="text-speak"),
            pytest.param("don’t", "dont", id="apostrophe"),
            pytest.param("pleeeease", "please", id="stretched"),
            pytest.param("my step dad", "my stepdad", id="two words for one"),
            pytest.param("r a p e d", "raped", id="spaced out"),
            pytest.param("he pucnhes me", "he punches me", id="swapped letters"),
            pytest.param("café", "cafe", id="accent"),
            pytest.param("💊", "emojipill", id="emoji"),
        ],
    )
    def test_gives_what_was_meant(self, typed, meant):
        assert " ".join(read_words(typed)) == meant

    def test_leaves_an_everyday_word_that_is_near_a_telling_one(self):
        assert read_words("the patching was great") == ["the", "patching", "was", "great"]

    def test_turns_a_verb_into_all_its_forms(self):
        assert inflections("stab") == ("stab", "stabs", "stabbed", "stabbing", "stabbin")

    def test_knows_the_age_of_a_child_from_that_of_a_grown_up(self):
        assert (concepts_of("12"), concepts_of("34")) == (("young_age",), ("adult_age",))


class TestForgivingASlip:
    @pytest.mark.parametrize("typed", ["strangledd", "stramgled", "strnagled"])
    def test_finds_the_word_that_was_meant(self, typed):
        assert closest_word(typed) == "strangled"

    def test_leaves_two_slips_alone(self):
        assert not is_one_slip_away("strxngxed", "strangled")


class TestTheGrammar:
    def test_finds_who_does_what_to_whom(self):
        names = {hit.rule.name for hit in find_hits(read_words("my dad sometimes hits me"))}

        assert "phys-family-hit-me" in names

    def test_marks_a_hit_as_denied_when_a_not_stands_before_it(self):
        hits = find_hits(read_words("my dad never hits me"))

        assert all(hit.denied for hit in hits if hit.rule.name == "phys-family-hit-me")

    def test_needs_the_words_to_be_near_each_other(self):
        words = ["dad", *["and"] * 9, "hits", "me"]

        assert "phys-family-hit-me" not in {hit.rule.name for hit in find_hits(words)}


class TestCuttingIntoSentences:
    def test_keeps_the_words_as_they_were_typed(self):
        assert split_sentences("One.  Two!\nthree") == ["One.", "Two!", "three"]

    def test_cuts_an_endless_sentence_between_words(self):
        pieces = split_sentences("word " * 500)

        assert max(map(len, pieces)) <= MAX_SENTENCE_CHARS
        assert all(set(piece.split()) == {"word"} for piece in pieces)

    def test_reads_the_telling_sentence_of_a_very_long_text(self):
        pieces = [f"the bus number {n} was late again." for n in range(3000)]

        chosen = choose_pieces([*pieces, "my dad strangled me."])

        assert "my dad strangled me." in chosen
        assert sum(map(len, chosen)) <= MAX_CHARS
