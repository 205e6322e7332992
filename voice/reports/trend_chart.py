"""A theme through the years as a chart. The table with the same figures always stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from voice.reports.drawing import draw_report
from voice.reports.figures import Figure

LEFT, RIGHT, TOP, BOTTOM = 90, 590, 40, 255
_STEPS = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A point where it is drawn; no height where the figure is kept back or there is none."""

    x: float
    y: float | None
    label: str
    words: str


def draw_trend(title: str, points: Sequence[tuple[str, Figure, bool]]) -> str:
    """Return the SVG of points (label, figure, asked alike), the oldest first.

    A line joins neighbours only where both are known and asked alike.
    """
    drawn = [_drawn(place, len(points), *point[:2]) for place, point in enumerate(points)]
    joined = [
        f"{one.x},{one.y} {two.x},{two.y}"
        for place, (one, two) in enumerate(pairwise(drawn))
        if None not in (one.y, two.y) and points[place][2] and points[place + 1][2]
    ]
    lines = [{"y": _height(step), "words": f"{step}%"} for step in _STEPS]
    return draw_report("theme_trend.svg", title=title, lines=lines, points=drawn, paths=joined)


def _drawn(place: int, many: int, label: str, figure: Figure) -> Drawn:
    x = LEFT + (RIGHT - LEFT) * (place / (many - 1) if many > 1 else 0.5)
    if figure.is_withheld or figure.percent is None:
        return Drawn(round(x, 1), None, label, "few" if figure.base else "–")
    return Drawn(round(x, 1), _height(figure.percent), label, f"{figure.percent}%")


def _height(percent: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * min(percent, 100) / 100, 1)
