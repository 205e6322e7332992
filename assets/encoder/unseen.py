"""Write the vectors of questions that an encoder never saw, for `make bench-themes`.

    python unseen.py FOLDER NUMBER,...

Build time only; see README.md here. FOLDER holds an encoder that was adapted with these questions
left out. Runs in the project's own environment.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from voice.analysis.encoder import Encoder
from voice.analysis.words import split_units

DATA = Path(__file__).parents[2] / "benchmarks" / "data" / "argkp"


def write_unseen(folder: Path, numbers: list[int]) -> None:
    """Write the texts of these questions, their units and the vector of each."""
    answers = pd.read_csv(DATA / "argkp.csv", dtype=str, keep_default_na=False)
    questions = list(dict.fromkeys(answers["question"]))
    unseen = answers[answers["question"].isin([questions[number] for number in numbers])]
    parts = (part for text in unseen["text"] for part in (text, *split_units(text)))
    texts = list(dict.fromkeys(parts))
    rows = Encoder(folder).encode(texts).astype(np.float16)
    np.savez_compressed(DATA / "unseen.npz", texts=np.array(texts), rows=rows)


if __name__ == "__main__":
    write_unseen(Path(sys.argv[1]), [int(number) for number in sys.argv[2].split(",")])
