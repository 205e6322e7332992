"""Prints how well masking does: `python -m benchmarks.identity FILE.csv [--misses]`.

The file has the columns `text` and `spans` (`start:end:TYPE`, separated by spaces). A span
counts as found if what is masked covers it but for a title (Mr, Auntie) or a possessive 's.
"""

import csv
import sys
import time
from collections import Counter
from collections.abc import Sequence

from voice.analysis.identity import Kind, Span, find_spans
from voice.analysis.identity.namewords import TITLES

Labelled = tuple[str, tuple[Span, ...]]


def read_labelled(path: str) -> list[Labelled]:
    """Return the texts of a file with the spans that ought to be masked."""
    with open(path, encoding="utf-8-sig", newline="") as lines:
        return [(row["text"], _read_spans(row["spans"])) for row in csv.DictReader(lines)]


def _read_spans(written: str) -> tuple[Span, ...]:
    parts = [one.split(":") for one in written.replace("|", " ").split()]
    return tuple(Span(int(start), int(end), Kind(kind)) for start, end, kind in parts)


def print_figures(rows: Sequence[Labelled]) -> None:
    """Print recall by kind, precision, F1, and how much clean text is blanked."""
    wanted: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    found = right = clean = clean_masked = exact = 0
    for text, spans in rows:
        masked = find_spans(text)
        found += len(masked)
        right += sum(1 for span in masked if any(_same(text, span, one) for one in spans))
        exact += sum(1 for span in spans if span in masked)
        clean += not spans
        clean_masked += not spans and bool(masked)
        for span in spans:
            wanted[span.kind] += 1
            hit[span.kind] += any(_same(text, one, span) for one in masked)
        _print_differences(text, masked, spans)
    total, recall = sum(wanted.values()), sum(hit.values())
    precision = right / max(found, 1)
    share = recall / max(total, 1)
    score = 2 * precision * share / max(precision + share, 1e-9)
    print(f"recall {share:.3f} ({recall} of {total}), exact {exact}, precision {precision:.3f}")
    print(f"F1 {score:.3f}; clean texts touched {clean_masked} of {clean}")
    for kind in sorted(wanted):
        print(f"{kind:12}{hit[kind]} of {wanted[kind]}")


def _same(text: str, masked: Span, gold: Span) -> bool:
    return masked.kind == gold.kind and _trim(text, masked) == _trim(text, gold)


def _trim(text: str, span: Span) -> tuple[int, int]:
    words = text[span.start : span.end]
    first = words.split(" ", 1)[0]
    skipped = len(first) + 1 if first.casefold().strip(".") in TITLES else 0
    return span.start + skipped, span.end - (2 if words.endswith(("'s", "’s")) else 0)


def _print_differences(text: str, masked: Sequence[Span], spans: Sequence[Span]) -> None:
    if "--misses" not in sys.argv:
        return
    for span in spans:
        if not any(_same(text, one, span) for one in masked):
            print(f"missed {span.kind} [{text[span.start : span.end]}] in: {text}")
    for one in masked:
        if not any(_same(text, one, span) for span in spans):
            print(f"too much {one.kind} [{text[one.start : one.end]}] in: {text}")


if __name__ == "__main__":
    LABELLED = read_labelled(sys.argv[1])
    find_spans("warm up")
    STARTED = time.perf_counter()
    for each, _ in LABELLED:
        find_spans(each)
    print(f"{(time.perf_counter() - STARTED) * 1000 / len(LABELLED):.2f} ms a text")
    print_figures(LABELLED)
