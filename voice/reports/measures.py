"""What measures add up to: means, places and ratings, each with how many people stand behind it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from surveys.measures import Grid, Measure, Pair, Percent, Ranking
from voice.analysis.suppression import HIDDEN, publish_mean, show_officers

WITHHELD = "withheld"
LOWEST, HIGHEST = "lowest", "highest"
Values = Sequence[str]


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """A measure as a table: the first cell of each row is its heading, the others are figures."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def has_withheld(self) -> bool:
        """Whether a number is kept back because so few people stand behind it."""
        return any(WITHHELD in cell for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class PairMeans:
    """Averages in per cent over `complete` pairs; None where too few stand behind them.

    The increase is in percentage points, averaged over the pairs before it is rounded, so that it
    may differ by a tenth from the rounded end less the rounded start.
    """

    start: float | None
    end: float | None
    increase: float | None
    complete: int


@dataclass(frozen=True, slots=True)
class RankedOption:
    """An option: how often it was put first, and its mean place where it has one."""

    label: str
    first: int
    placed: int  # people who gave it any place
    mean_place: float | None


@dataclass(frozen=True, slots=True)
class RatedRow:
    """A row of a grid. `middle` is the column of the middle answer, of those with a score.

    `mark` is "lowest" or "highest" among the rows whose mean may be shown.
    """

    label: str
    counts: tuple[int, ...]
    rated: int
    mean: float | None
    middle: str
    mark: str = ""


def pair_means(answered: Sequence[Values]) -> PairMeans:
    """Return the averages of pairs, each with two per cents."""
    pairs = [(int(start), int(end)) for start, end in _numbers(answered, parts=2)]
    return PairMeans(
        start=_mean([start for start, _ in pairs]),
        end=_mean([end for _, end in pairs]),
        increase=_mean([end - start for start, end in pairs]),
        complete=len(pairs),
    )


def rank_options(question: Ranking, answered: Sequence[Values]) -> tuple[RankedOption, ...]:
    """Return every option, that with the best mean place first."""
    found = []
    for option in question.options:
        places = [values.index(option.code) + 1 for values in answered if option.code in values]
        exact = sum(places) / len(places) if places else float("inf")
        found.append(
            (exact, RankedOption(option.label, places.count(1), len(places), _mean(places)))
        )
    return tuple(each for _, each in sorted(found, key=lambda one: one[0]))


def rate_rows(question: Grid, answered: Sequence[Values]) -> tuple[RatedRow, ...]:
    """Return every row with its counts by column, and the rows with the end means marked."""
    given = [question.rated(values) for values in answered]
    rows = [
        _rate(question, row.label, Counter(each[row.code] for each in given if row.code in each))
        for row in question.rows
    ]
    exact = {row.label: mean for row, mean in rows if row.mean is not None}
    ends = {min(exact.values()): LOWEST, max(exact.values()): HIGHEST} if exact else {}
    marks = ends if len(ends) > 1 else {}
    return tuple(_marked(row, marks.get(exact.get(row.label, -1.0), "")) for row, _ in rows)


def _rate(question: Grid, label: str, counts: Counter[str]) -> tuple[RatedRow, float]:
    """Return the row, and its mean before rounding."""
    scores = question.scores
    scored = [scores[code] for code in counts.elements() if code in scores]
    in_order = [each for each in question.columns if each.code in scores]
    row = RatedRow(
        label=label,
        counts=tuple(counts[each.code] for each in question.columns),
        rated=counts.total(),
        mean=_mean(scored),
        middle=_middle([each.label for each in in_order for _ in range(counts[each.code])]),
    )
    return row, sum(scored) / len(scored) if scored else 0.0


def _marked(row: RatedRow, mark: str) -> RatedRow:
    return RatedRow(row.label, row.counts, row.rated, row.mean, row.middle, mark)


def _middle(labels: Sequence[str]) -> str:
    """Return the lower of the middle answers; nothing where too few stand behind it."""
    if publish_mean(0, len(labels)) is None:
        return ""
    return labels[(len(labels) - 1) // 2]


def _numbers(answered: Sequence[Values], *, parts: int) -> list[Values]:
    """Return the answers that are so many numbers; an earlier wording may have asked otherwise."""
    return [
        each for each in answered if len(each) == parts and all(one.isdecimal() for one in each)
    ]


def _mean(numbers: Sequence[int]) -> float | None:
    return publish_mean(sum(numbers) / len(numbers), len(numbers)) if numbers else None


# As tables -----------------------------------------------------------------------------------


def measure_table(question: Measure, answered: Sequence[Values]) -> MeasureTable | None:
    """Return what the answers add up to as a table; None where one number says it all."""
    match question:
        case Percent():
            return None
        case Pair():
            return _pair_table(question, pair_means(answered))
        case Ranking():
            return _ranking_table(rank_options(question, answered), len(answered))
        case Grid():
            return _grid_table(question, rate_rows(question, answered))


def measure_note(question: Measure, answered: Sequence[Values]) -> str:
    """Return the one sentence to say first; nothing where too few people stand behind it."""
    match question:
        case Percent():
            given = [int(values[0]) for values in _numbers(answered, parts=1)]
            mean = _mean(given)
            return "" if mean is None else f"Average: {mean}% (n = {len(given)})."
        case Pair():
            return _increase_in_words(pair_means(answered))
        case Ranking():
            return ""
        case Grid():
            rows = rate_rows(question, answered)
            marked = (f"{r.mark.capitalize()}: {r.label} ({r.mean})." for r in rows if r.mark)
            return " ".join(marked)


def _increase_in_words(means: PairMeans) -> str:
    if means.increase is None:
        return ""
    way = "decrease" if means.increase < 0 else "increase"
    return (
        f"Average {way}: {abs(means.increase)} percentage points (n = {means.complete} who gave "
        "both)."
    )


def _pair_table(question: Pair, means: PairMeans) -> MeasureTable:
    rows = (
        (question.start, _shown(means.start, "%"), str(means.complete)),
        (question.end, _shown(means.end, "%"), str(means.complete)),
        ("Increase, in percentage points", _shown(means.increase), str(means.complete)),
    )
    return MeasureTable("Averages of those who gave both", ("", "Average", "Base (n)"), rows)


def _ranking_table(options: Sequence[RankedOption], base: int) -> MeasureTable:
    rows = tuple(
        (each.label, _shown(each.mean_place), str(each.placed), _count(each.first, base), str(base))
        for each in options
    )
    head = ("Option", "Mean place", "Placed it (n)", "Put it first", "Base (n)")
    return MeasureTable("Places, 1 is the first", head, rows)


def _grid_table(question: Grid, rows: Sequence[RatedRow]) -> MeasureTable:
    scored = bool(question.scores)
    head = ("", *(each.label for each in question.columns), "Base (n)")
    shown = [
        (each.label, *(_count(count, each.rated) for count in each.counts), str(each.rated))
        for each in rows
    ]
    if scored:
        head = (*head, "Mean", "Middle answer")
        shown = [
            (*cells, _mean_and_mark(each), each.middle or WITHHELD)
            for cells, each in zip(shown, rows, strict=True)
        ]
    return MeasureTable("Ratings, row by row", head, tuple(shown))


def _mean_and_mark(row: RatedRow) -> str:
    return f"{_shown(row.mean)} ({row.mark})" if row.mark else _shown(row.mean)


def _shown(mean: float | None, unit: str = "") -> str:
    return WITHHELD if mean is None else f"{mean}{unit}"


def _count(count: int, base: int) -> str:
    return WITHHELD if show_officers(count, base).text == HIDDEN else str(count)
