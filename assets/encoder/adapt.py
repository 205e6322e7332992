"""Adapt MiniLM to what people write to councils: what they coded alike comes to lie together.

    python adapt.py WEIGHTS OUT [--leave-out QUESTION,...] [--steps N]

Build time only; see README.md here. The three lower layers and the word pieces stay as they are, so
what they make of each text is computed once. The three upper ones learn by supervised contrast
(Khosla et al., 2020): in each batch, a text is drawn to those that share its codes, in proportion
to how many they share, and away from all others. The names of the codes are texts of their own.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from transformers import AutoModel, AutoTokenizer

HERE = Path(__file__).parent
ARGUMENTS = HERE.parents[1] / "benchmarks" / "data" / "argkp"
FIXED_LAYERS = 3
MOST_PIECES = 56
ARGUMENT_SHARE = 0.6  # of the batches; the others are patients' feedback
ARGUMENTS_AT_ONCE, NAMES_AT_ONCE = 48, 16
CODES_AT_ONCE, TEXTS_A_CODE = 20, 3
TEMPERATURE = 0.07
RATE, WARM_UP, LEAST_RATE = 5e-5, 30, 0.05
SEED = 7

Example = tuple[str, frozenset[str]]


def read_arguments(left_out: set[int]) -> list[tuple[list[Example], list[Example]]]:
    """Return, for each question that is not left out, the coded arguments and the codes' names."""
    answers = pd.read_csv(ARGUMENTS / "argkp.csv", dtype=str, keep_default_na=False)
    points = pd.read_csv(ARGUMENTS / "argkp_keypoints.csv", dtype=str, keep_default_na=False)
    names = dict(zip(points["key"], points["name"], strict=True))
    groups = []
    for number, question in enumerate(dict.fromkeys(answers["question"])):
        rows = answers[(answers["question"] == question) & (answers["labels"] != "")]
        if number in left_out:
            continue
        coded = [
            (text, frozenset(labels.split("|")))
            for text, labels in zip(rows["text"], rows["labels"], strict=True)
        ]
        used = sorted({key for _, keys in coded for key in keys} & names.keys())
        groups.append((coded, [(names[key], frozenset({key})) for key in used]))
    return groups


def read_feedback() -> dict[str, list[Example]]:
    """Return patients' feedback by the one code that each text was given."""
    rows = pd.read_csv(HERE / "data" / "nhs_phase1.csv", dtype=str, keep_default_na=False)
    coded: dict[str, list[Example]] = {}
    for text, code in zip(rows["text"], rows["label2"], strict=True):
        if code and len(text) > 3:
            coded.setdefault(code, []).append((text, frozenset({code})))
    return coded


class Batches:
    """Batches without end: one question's arguments, or patients' feedback of several codes."""

    def __init__(self, left_out: set[int]) -> None:
        self._questions = read_arguments(left_out)
        self._feedback = read_feedback()
        self._chance = random.Random(SEED)  # noqa: S311 - repeatable, not secret

    @property
    def texts(self) -> list[str]:
        """Every text that a batch may hold."""
        asked = (each for group in self._questions for part in group for each in part)
        written = (each for several in self._feedback.values() for each in several)
        named = ((code, frozenset()) for code in self._feedback)
        return sorted({text for text, _ in (*asked, *written, *named)})

    def draw(self) -> list[Example]:
        """Return the texts of the next batch with their codes."""
        chance = self._chance
        if chance.random() < ARGUMENT_SHARE:
            coded, names = chance.choice(self._questions)
            some = chance.sample(coded, min(ARGUMENTS_AT_ONCE, len(coded)))
            return some + chance.sample(names, min(NAMES_AT_ONCE, len(names)))
        codes = chance.sample(sorted(self._feedback), CODES_AT_ONCE)
        drawn: list[Example] = [(code, frozenset({code})) for code in codes]
        for code in codes:
            drawn += chance.sample(
                self._feedback[code], min(TEXTS_A_CODE, len(self._feedback[code]))
            )
        return drawn


class Upper(torch.nn.Module):
    """The layers that learn, over what the lower ones made of each text."""

    def __init__(self, model: torch.nn.Module, tokenizer: AutoTokenizer) -> None:
        super().__init__()
        self.model, self.tokenizer = model, tokenizer
        self.layers = model.encoder.layer[FIXED_LAYERS:]
        self.lower: dict[str, torch.Tensor] = {}

    @torch.no_grad()
    def remember(self, texts: Sequence[str]) -> None:
        """Compute what the lower layers make of each text, once."""
        ordered = sorted(texts, key=len)
        for start in range(0, len(ordered), 64):
            some = ordered[start : start + 64]
            read = self.tokenizer(
                some, padding=True, truncation=True, max_length=MOST_PIECES, return_tensors="pt"
            )
            state = self.model.embeddings(read["input_ids"])
            heard = read["attention_mask"]
            for layer in self.model.encoder.layer[:FIXED_LAYERS]:
                state = _pass(layer, state, heard)
            for text, row, length in zip(some, state, heard.sum(1), strict=True):
                self.lower[text] = row[:length].clone()

    def forward(self, texts: Sequence[str]) -> torch.Tensor:
        """Return a vector of length 1 for each text."""
        rows = [self.lower[text] for text in texts]
        state = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
        lengths = torch.tensor([len(row) for row in rows])
        heard = (torch.arange(state.shape[1])[None] < lengths[:, None]).long()
        for layer in self.layers:
            state = _pass(layer, state, heard)
        weight = heard.unsqueeze(-1)
        return torch.nn.functional.normalize((state * weight).sum(1) / weight.sum(1), dim=1)


def _pass(layer: torch.nn.Module, state: torch.Tensor, heard: torch.Tensor) -> torch.Tensor:
    mask = (1.0 - heard[:, None, None, :].float()) * torch.finfo(torch.float32).min
    passed = layer(state, attention_mask=mask)
    return passed[0] if isinstance(passed, tuple) else passed


def contrast(vectors: torch.Tensor, codes: Sequence[frozenset[str]]) -> torch.Tensor:
    """Return how far the batch is from texts of the same codes lying together."""
    places = {code: at for at, code in enumerate(sorted(set().union(*codes)))}
    marks = torch.zeros(len(codes), len(places))
    for at, several in enumerate(codes):
        marks[at, [places[code] for code in several]] = 1
    both = marks @ marks.T
    shared = both / (marks.sum(1)[:, None] + marks.sum(1)[None] - both)
    shared.fill_diagonal_(0)
    alike = (vectors @ vectors.T / TEMPERATURE).fill_diagonal_(-1e4)
    likely = torch.log_softmax(alike, 1)
    paired = shared.sum(1) > 0
    return -((shared * likely).sum(1) / shared.sum(1).clamp(min=1e-6))[paired].mean()


def adapt(weights: Path, out: Path, left_out: set[int], steps: int) -> None:
    """Adapt the model in `weights` and write it, with its tokenizer, to `out`."""
    torch.manual_seed(SEED)
    tokenizer, model = AutoTokenizer.from_pretrained(weights), AutoModel.from_pretrained(weights)
    batches, upper = Batches(left_out), Upper(model, tokenizer)
    model.eval()
    upper.remember(batches.texts)
    model.train()
    learning = torch.optim.AdamW(upper.layers.parameters(), lr=RATE, weight_decay=0.01)
    slowing = torch.optim.lr_scheduler.LambdaLR(
        learning, lambda step: min(1, step / WARM_UP) * max(LEAST_RATE, 1 - step / steps)
    )
    losses = []
    for step in range(1, steps + 1):
        batch = batches.draw()
        loss = contrast(upper([text for text, _ in batch]), [codes for _, codes in batch])
        learning.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(upper.layers.parameters(), 1)
        learning.step()
        slowing.step()
        losses.append(loss.item())
        if step % 25 == 0:
            print(f"{step:5} of {steps}: {np.mean(losses[-25:]):.3f}", flush=True)
    out.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--leave-out", default="", help="numbers of questions, from 0")
    parser.add_argument("--steps", type=int, default=300)
    given = parser.parse_args()
    left = {int(number) for number in given.leave_out.split(",") if number}
    adapt(given.weights, given.out, left, given.steps)
