"""Measure how long `voice analyse` takes, and how much it holds, beside the bars.

    python -m benchmarks.analysing [ANSWERS]

The answers (10,000 unless said) are the arguments of `benchmarks.themes`, and above their number
the first half of one joined to the second half of another on the same question, chosen by chance
(seed 1), so that they are as long as what people wrote and all different. All are read as answers
to one question. More than 20,000 are read in parts, as the command does.

Exit code 1 if it takes longer than 2 ms an answer, or holds more than 1.2 GB. The seconds are those
of a machine that does nothing else; the processor's seconds beside them tell what others took.
"""

import contextlib
import csv
import io
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.themes import OWN_COPY
from voice.analysis.memory import peak_mb
from voice.cli.analyse import Asked, analyse_file

ANSWERS, SEED = 10_000, 1
BAR_SECONDS_AN_ANSWER, BAR_MB = 0.002, 1_200
ASKED = Asked(
    text="text", question=None, groups=[], stance=None, frame=None, coded=None, aliases=None,
    before=None,
)  # fmt: skip


def write_answers(path: Path, number: int) -> float:
    """Write so many answers to `path`; return how many words half of them have at most."""
    with (OWN_COPY / "argkp.csv").open(encoding="utf-8", newline="") as lines:
        rows = [(row["question"], row["text"]) for row in csv.DictReader(lines)]
    asked: dict[str, list[str]] = {}
    for question, text in rows:
        asked.setdefault(question, []).append(text)
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    said = [text for _, text in rows][:number]
    while len(said) < number:
        question, _ = chance.choice(rows)
        one, other = (text.split() for text in chance.sample(asked[question], 2))
        said.append(" ".join([*one[: len(one) // 2], *other[len(other) // 2 :]]))
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([["text"], *([text] for text in said)])
    return median(len(text.split()) for text in said)


def main(arguments: Sequence[str]) -> int:
    """Print the seconds and the memory beside their bars; return the exit code."""
    number = int(arguments[0]) if arguments else ANSWERS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv"
        words = write_answers(path, number)
        started, used = time.perf_counter(), time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            analyse_file(path, Path(folder) / "found", ASKED)
        took, used = time.perf_counter() - started, time.process_time() - used
    bar = number * BAR_SECONDS_AN_ANSWER
    print(f"{number} answers, half of at most {words:.0f} words")
    print(f"{took:8.1f} s ({used:.1f} s of processors; bar {bar:.0f} s)")
    print(f"{peak_mb():8.0f} MB at most (bar {BAR_MB} MB)")
    return 0 if took <= bar and peak_mb() <= BAR_MB else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
