"""The encoder: meaning before words, the same for a text in any company, and its files as made."""

import hashlib
import json

import numpy as np
import pandas as pd
import pytest

from benchmarks.themes import OWN_COPY
from voice.analysis import embeddings, encoder
from voice.analysis.embeddings import WORDS_ALONE, embed
from voice.analysis.encoder import DIMENSIONS, FOLDER, Encoder, find_encoder
from voice.analysis.words import split_units


@pytest.fixture(scope="module")
def fresh():
    """An encoder that remembers nothing."""
    return Encoder(FOLDER)


class TestEncoding:
    def test_puts_the_same_meaning_in_other_words_together(self, fresh):
        late, unreliable, dinner = fresh.encode(
            ["The bus never turns up", "Public transport cannot be relied on", "Dinner was cold"]
        )

        assert late @ unreliable > late @ dinner + 0.1

    def test_gives_a_text_the_same_vector_in_any_company(self, fresh):
        alone = Encoder(FOLDER).encode(["They listened to me"])

        among = fresh.encode(["Nobody " * 60, "They listened to me", "Yes"])

        assert np.array_equal(alone[0], among[1])

    def test_gives_rows_of_length_one_in_order(self, fresh):
        rows = fresh.encode(["b", "a", "b"])

        assert rows.shape == (3, DIMENSIONS)
        assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-3)
        assert np.array_equal(rows[0], rows[2])

    @pytest.mark.parametrize("text", ["", "😀" * 50, "\ud800 lone", "word " * 20_000, "\x00"])
    def test_reads_whatever_somebody_wrote(self, fresh, text):
        assert np.isfinite(fresh.encode([text])).all()

    def test_gives_the_tokenizer_no_more_than_it_can_use(self, monkeypatch):
        own, lengths = Encoder(FOLDER), []

        class Counting:
            def encode(self, text):
                lengths.append(len(text))
                return real.encode(text)

        real = own._tokenizer
        monkeypatch.setattr(own, "_tokenizer", Counting())

        own.encode(["word " * 200_000])

        assert lengths == [encoder.MOST_CHARS]

    def test_of_nothing_is_nothing(self, fresh):
        assert fresh.encode([]).shape == (0, DIMENSIONS)

    def test_reads_no_text_twice(self, monkeypatch):
        own, read = Encoder(FOLDER), []
        real = own._read_one
        monkeypatch.setattr(own, "_read_one", lambda text: read.append(text) or real(text))

        first = own.encode(["a", "b", "a"])
        again = own.encode(["b", "a"])

        assert sorted(read) == ["a", "b"]
        assert np.array_equal(first[:2], again[::-1])

    def test_forgets_the_oldest_beyond_the_limit(self, monkeypatch):
        monkeypatch.setattr(encoder, "MOST_REMEMBERED", 2)
        own, read = Encoder(FOLDER), []
        real = own._read_one
        monkeypatch.setattr(own, "_read_one", lambda text: read.append(text) or real(text))

        own.encode(["a", "b", "c"])
        own.encode(["b", "c"])
        own.encode(["a"])

        assert sorted(read) == ["a", "a", "b", "c"]

    def test_tells_how_far_it_is(self, fresh, monkeypatch):
        monkeypatch.setattr(encoder, "TEXTS_AT_ONCE", 2)
        told = []

        fresh.encode(["one text", "a second", "and a third"], on_progress=told.append)

        assert told == pytest.approx([2 / 3, 1])


class TestItsFiles:
    def test_are_the_ones_that_the_card_speaks_of(self):
        card = json.loads((FOLDER / "card.json").read_text(encoding="utf-8"))

        for name, made in card["files"].items():
            assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == made
        assert "Apache" in (FOLDER / "LICENSE").read_text(encoding="utf-8")

    def test_may_be_missing(self, tmp_path, monkeypatch):
        assert find_encoder(tmp_path) is None

        monkeypatch.setattr(embeddings, "find_encoder", lambda: None)

        assert embed(["The bus is late", "The park is dark"], seed=1).model == WORDS_ALONE


def test_the_benchmark_knows_every_text_of_its_questions():
    known = set(np.load(OWN_COPY / "unseen.npz")["texts"].tolist())
    answers = pd.read_csv(OWN_COPY / "argkp.csv", dtype=str, keep_default_na=False)["text"]

    units = {unit for text in answers if text in known for unit in split_units(text)}

    assert len(units) > 1_000
    assert units <= known
