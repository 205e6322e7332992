"""Sentences as vectors by meaning: a small network that comes with the service and runs here.

The files lie in `models/encoder`; `assets/encoder` says how to make them.
onnxruntime and tokenizers are loaded only when a text is to be read.
"""

import json
import os
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

FOLDER = Path(__file__).parent / "models" / "encoder"
DIMENSIONS = 384
MOST_PIECES = 128
MOST_CHARS = 2_000
TEXTS_AT_ONCE = 256
MOST_REMEMBERED = 250_000  # texts; 768 bytes each

Progress = Callable[[float], None]


class Encoder:
    """The network in one folder. A text's vector depends on nothing but the text.

    Each text goes through alone, on one thread, one thread a processor: in a batch, the rounding
    to whole numbers would make a text's vector depend on its company. (It is not slower either.)
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime  # noqa: PLC0415  # slow to load
        from tokenizers import Tokenizer  # noqa: PLC0415  # likewise

        card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        self.name = str(card["name"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MOST_PIECES)
        self._tokenizer.no_padding()
        wishes = onnxruntime.SessionOptions()
        wishes.intra_op_num_threads = wishes.inter_op_num_threads = 1
        wishes.log_severity_level = 3
        self._network = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), wishes, providers=["CPUExecutionProvider"]
        )
        self._remembered: OrderedDict[str, npt.NDArray[np.float16]] = OrderedDict()

    def encode(self, texts: Sequence[str], *, on_progress: Progress | None = None) -> Vectors:
        """Return a row of length 1 for each text, in order; of the longest only the beginning.

        Texts met before in this process are not read again, as far as it remembers. Rows are
        rounded to what is stored (16 bits), so that stored ones and new ones are the same.
        """
        if all(text in self._remembered for text in texts):
            return self._stack([self._remembered[text] for text in texts])
        known = {text: self._remembered[text] for text in texts if text in self._remembered}
        unknown = [text for text in dict.fromkeys(texts) if text not in known]
        for share, part, read in self._read(unknown):
            known.update(zip(part, read, strict=True))
            if on_progress:
                on_progress(share)
        self.remember(unknown, [known[text] for text in unknown])
        return self._stack([known[text] for text in texts])

    def remember(self, texts: Sequence[str], rows: Sequence[npt.NDArray[np.float16]]) -> None:
        """Take in rows that were made before, forgetting the oldest beyond the limit."""
        self._remembered.update(zip(texts, rows, strict=True))
        while len(self._remembered) > MOST_REMEMBERED:
            self._remembered.popitem(last=False)

    def forget(self) -> None:
        """Forget every text, such as those of a part of a large file that is done."""
        self._remembered.clear()

    @staticmethod
    def _stack(rows: Sequence[npt.NDArray[np.float16]]) -> Vectors:
        return np.array(rows, dtype=np.float32).reshape(len(rows), DIMENSIONS)

    def _read(
        self, texts: Sequence[str]
    ) -> Iterator[tuple[float, Sequence[str], list[npt.NDArray[np.float16]]]]:
        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as threads:
            for start in range(0, len(texts), TEXTS_AT_ONCE):
                part = texts[start : start + TEXTS_AT_ONCE]
                read = list(threads.map(self._read_one, part))
                yield (start + len(part)) / len(texts), part, read

    def _read_one(self, text: str) -> npt.NDArray[np.float16]:
        begun = text[:MOST_CHARS]  # so long that the pieces read hardly ever need more
        readable = begun.encode("utf-8", "replace").decode()  # a lone surrogate is no letter
        pieces = np.array([self._tokenizer.encode(readable).ids], dtype=np.int64)
        fed = {"input_ids": pieces, "attention_mask": np.ones_like(pieces)}
        return np.asarray(self._network.run(["vectors"], fed)[0][0], dtype=np.float16)


@cache
def find_encoder(folder: Path | None = None) -> Encoder | None:
    """Return the encoder in `folder` (else the service's own), or None where files are missing."""
    where = folder or FOLDER
    wanted = ("card.json", "model.onnx", "tokenizer.json")
    return Encoder(where) if all((where / name).is_file() for name in wanted) else None
