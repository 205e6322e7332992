"""A word cloud drawn: words larger the more people say them, none upon another, the same each time.

It always stands beside a table with the same words and numbers.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from voice.reports.drawing import draw_report

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 640
SMALLEST, LARGEST, LEAST = 30, 104, 18
TALL = 1.12  # of a word, in heights of its letters
FULL = 0.5  # of the picture, at most, is words
MOST_GROWN = 1.7  # however few words there are
SMALLER = (0.8, 0.6)  # of its size, where a word finds no room
GAP = 10
COLOURS = ("#17495a", "#5b2a86", "#8a1c4a", "#17603f", "#7a4b00")  # each 4.5:1 on white and more
PNG_SCALE = 2
_ARC, _STEP, _FARTHEST = 16.0, 2.4, 340.0
Weighed = tuple[tuple[str, int], ...]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """A word with the middle of it, how wide it is, how large its letters are, and its colour."""

    text: str
    x: float
    y: float
    width: float
    size: int
    colour: str

    @property
    def box(self) -> Box:
        """Left, top, right and bottom of the room that it takes."""
        half, tall = self.width / 2, self.size * TALL / 2
        return self.x - half, self.y - tall, self.x + half, self.y + tall


@lru_cache(maxsize=64)
def place_words(words: Weighed) -> tuple[Placed, ...]:
    """Return where each word stands, from the middle outwards in the order given.

    A word for which no room is left in the picture is left out: the table has it.
    """
    placed: list[Placed] = []
    boxes: list[Box] = []
    for number, (text, wanted) in enumerate(_sized(words)):
        for size in (wanted, *(round(wanted * less) for less in SMALLER)):
            width = min(float(_font(size).getlength(text)), WIDTH - 4.0 * GAP)
            middle = _find_room(width, size * TALL, boxes)
            if middle is not None:
                colour = COLOURS[number % len(COLOURS)]
                placed.append(Placed(text, *middle, round(width, 1), size, colour))
                boxes.append(placed[-1].box)
                break
    return tuple(placed)


def _sized(words: Weighed) -> list[tuple[str, int]]:
    """Return how large each word is written: all smaller or larger, so that they fill the room."""
    heaviest = max((weight for _, weight in words), default=1)
    sizes = [SMALLEST + (LARGEST - SMALLEST) * (weight / heaviest) for _, weight in words]
    area = sum(
        (float(_font(round(size)).getlength(text)) + GAP) * size * TALL
        for (text, _), size in zip(words, sizes, strict=True)
    )
    fits = min(MOST_GROWN, math.sqrt(FULL * WIDTH * HEIGHT / max(area, 1.0)))
    return [(text, max(LEAST, round(size * fits)))
            for (text, _), size in zip(words, sizes, strict=True)]  # fmt: skip


def draw_svg(title: str, words: Weighed) -> str:
    """Return the cloud as an SVG; `title` is what is read out in its place."""
    return draw_report(
        "word_cloud.svg", title=title, placed=place_words(words), width=WIDTH, height=HEIGHT
    )


def draw_png(words: Weighed) -> bytes:
    """Return the cloud as a picture on white, large enough to print."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - slow to load, and seldom asked for

    image = Image.new("RGB", (WIDTH * PNG_SCALE, HEIGHT * PNG_SCALE), "white")
    pen = ImageDraw.Draw(image)
    for each in place_words(words):
        where = (each.x * PNG_SCALE, each.y * PNG_SCALE)
        font = _font(each.size * PNG_SCALE)
        pen.text(where, each.text, fill=each.colour, font=font, anchor="mm")
    made = io.BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def _find_room(width: float, height: float, boxes: Sequence[Box]) -> tuple[float, float] | None:
    """Return the middle of the first free place on a spiral that is as wide as the picture is."""
    angle, far = 0.0, 0.0
    while far < _FARTHEST:
        x = round(WIDTH / 2 + far * math.cos(angle) * WIDTH / HEIGHT, 1)
        y = round(HEIGHT / 2 + far * math.sin(angle), 1)
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        if _is_inside(box) and not any(overlap(box, each) for each in boxes):
            return x, y
        angle += _ARC / max(far, _ARC)
        far = _STEP * angle
    return None


def _is_inside(box: Box) -> bool:
    left, top, right, bottom = box
    return left >= GAP and top >= GAP and right <= WIDTH - GAP and bottom <= HEIGHT - GAP


def overlap(one: Box, other: Box) -> bool:
    """Return whether two boxes lie upon one another, or side by side without a gap."""
    beside = one[2] + GAP <= other[0] or other[2] + GAP <= one[0]
    return not (beside or one[3] <= other[1] or other[3] <= one[1])


@lru_cache(maxsize=256)
def _font(size: int) -> "FreeTypeFont":
    """Return the font that comes with Pillow: the same on every machine."""
    from PIL import ImageFont  # noqa: PLC0415 - slow to load

    return ImageFont.load_default(size)  # type: ignore[return-value] # of a size: with FreeType
