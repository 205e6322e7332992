"""Prints how well the detector does: `python -m benchmarks.safeguarding FILE.csv …`.

A file has the columns `text`, `label`, `category` and `notes` (`voice=…;urgency=…`), or `text`,
`language`, `category`, `urgency` and `voice`; figures are printed for each language of a file.
Nothing is trained here; `benchmarks.safeguarding_training` prints the cross-validated figures.
Last come the alerts among the patients' comments of `voice demo --with-comments`, which nobody has
labelled, which are almost all ordinary feedback, and on which nothing is ever trained.
"""

import csv
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import voice
from voice.analysis.safeguarding import Screening, Tier, Urgency, screen

LONGEST_CHARS, LONG_RUNS, LIMIT_MILLIS = 64_000, 100, 50.0
REAL_COMMENTS = Path(voice.__file__).parent / "patient_feedback" / "answers.csv"


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text."""

    text: str
    category: str  # "none" for a harmless one
    voice: str
    urgency: str
    language: str = "en"

    @property
    def is_concern(self) -> bool:
        """Return whether a reader would want to see it today."""
        return self.category != "none"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A labelled text and what the detector made of it."""

    row: Row
    screening: Screening

    @property
    def alerted(self) -> bool:
        """Return whether the safeguarding lead is woken."""
        return self.screening.tier is Tier.ALERT


def read_labelled(path: str) -> list[Row]:
    """Return the labelled texts of a file."""
    with open(path, encoding="utf-8-sig", newline="") as lines:
        return [_read_row(row) for row in csv.DictReader(lines)]


def _read_row(row: dict[str, str]) -> Row:
    if "language" in row:
        return Row(row["text"], row["category"], row["voice"], row["urgency"], row["language"])
    notes = dict(note.split("=", 1) for note in row["notes"].split(";") if "=" in note)
    return Row(row["text"], row["category"], notes.get("voice", ""), notes.get("urgency", ""))


def print_figures(outcomes: Sequence[Outcome], *, misses: bool = True) -> None:
    """Print recall, false alarms, categories, voices and every miss."""
    concerns = [one for one in outcomes if one.row.is_concern]
    harmless = [one for one in outcomes if not one.row.is_concern]
    urgent = [one for one in concerns if one.row.urgency == "immediate"]
    young = [one for one in harmless if one.row.voice in ("yp", "child")]
    print(f"alert recall            {_share(concerns)}")
    print(f"immediate ones          {_share(urgent)}")
    print(f"false alarms            {_share(harmless)}")
    print(f"false alarms, young     {_share(young)}")
    print(f"support tier, concerns  {_share(concerns, _is_shown_help)}")
    print(f"support tier, harmless  {_share(harmless, _is_shown_help)}")
    print(f"category right          {_share(concerns, _has_right_category)}")
    print(f"urgent seen as urgent   {_share(urgent, _is_immediate)}")
    later = [one for one in concerns if one.row.urgency == "high"]
    print(f"others seen as urgent   {_share(later, _is_immediate)}")
    _print_groups("category", concerns, lambda one: one.row.category)
    _print_groups("voice, recall", concerns, lambda one: one.row.voice)
    _print_groups("voice, false alarms", harmless, lambda one: one.row.voice)
    if misses:
        _print_texts("missed", [one for one in concerns if not one.alerted])
        _print_texts("false alarm", [one for one in harmless if one.alerted])


def _is_alerted(one: Outcome) -> bool:
    return one.alerted


def _is_shown_help(one: Outcome) -> bool:
    return one.screening.tier is not Tier.NONE


def _has_right_category(one: Outcome) -> bool:
    return one.screening.category == one.row.category


def _is_immediate(one: Outcome) -> bool:
    return one.screening.urgency is Urgency.IMMEDIATE


def _share(some: Sequence[Outcome], counts: Callable[[Outcome], bool] = _is_alerted) -> str:
    if not some:
        return "none"
    n = sum(1 for one in some if counts(one))
    return f"{n / len(some):.3f} ({n} of {len(some)})"


def _print_groups(title: str, some: Sequence[Outcome], name_of: Callable[[Outcome], str]) -> None:
    print(f"-- by {title}")
    for name in sorted({name_of(one) for one in some}):
        print(f"{name:28}{_share([one for one in some if name_of(one) == name])}")


def _print_texts(title: str, some: Iterable[Outcome]) -> None:
    for one in some:
        kind = one.row.category if one.row.is_concern else str(one.screening.category)
        print(f"{title}: [{kind}, tier {one.screening.tier}] {one.row.text}")


def print_timing(rows: Sequence[Row]) -> list[Outcome]:
    """Screen every row, print how long it took, and return the outcomes."""
    screen("warm up")
    outcomes, millis = [], []
    for row in rows:
        started = time.perf_counter()
        outcomes.append(Outcome(row, screen(row.text)))
        millis.append((time.perf_counter() - started) * 1000)
    slow = sorted(millis)[int(len(millis) * 0.99) - 1]
    labels = Counter(row.category for row in rows)
    print(f"{len(rows)} texts, {len(rows) - labels['none']} concerns")
    print(f"mean {sum(millis) / len(millis):.2f} ms, p99 {slow:.2f} ms a text")
    return outcomes


def print_file(path: str) -> None:
    """Print the figures of one file, language by language."""
    rows = read_labelled(path)
    for language in sorted({row.language for row in rows}):
        print(f"== {Path(path).name}, {language}")
        print_figures(print_timing([row for row in rows if row.language == language]))


def print_longest(paths: Sequence[str]) -> None:
    """Print what a text of 64,000 characters costs, beside its limit (SAF-1: 50 ms at p99)."""
    harmless = [row.text for path in paths for row in read_labelled(path) if not row.is_concern]
    text = ". ".join(harmless * (1 + LONGEST_CHARS // len(". ".join(harmless))))[:LONGEST_CHARS]
    millis = []
    for _ in range(LONG_RUNS):
        started = time.process_time()
        screen(text)
        millis.append((time.process_time() - started) * 1000)
    slow = sorted(millis)[int(len(millis) * 0.99) - 1]
    print(f"== {LONGEST_CHARS:,} characters of harmless texts, {LONG_RUNS} times")
    print(f"p99 {slow:.1f} ms of the processor, {slow / LIMIT_MILLIS:.2f} of the limit")


def print_real_comments() -> None:
    """Print how many real comments to a service would wake somebody, and by what."""
    with REAL_COMMENTS.open(encoding="utf-8", newline="") as lines:
        found = [screen(row["comment"]) for row in csv.DictReader(lines)]
    alerts = [one for one in found if one.tier is Tier.ALERT]
    by_weights = sum(one.reasons == ("trained-weights",) for one in alerts)
    shown_help = sum(one.tier is Tier.SUPPORT for one in found)
    print(f"== {len(found)} real comments of patients, in training nowhere")
    print(f"alerts {len(alerts)} ({len(alerts) / len(found):.3f}), {by_weights} by weights alone")
    print(f"help shown, no alert {shown_help} ({shown_help / len(found):.3f})")


if __name__ == "__main__":
    for each in sys.argv[1:]:
        print_file(each)
    if sys.argv[1:]:
        print_longest(sys.argv[1:])
    print_real_comments()
