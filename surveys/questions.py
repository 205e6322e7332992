"""The kinds of question a survey may ask.

A new kind is one class here and one case wherever it is read or shown.
"""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from surveys.cards import CardSort
from surveys.dates import Precision, read_date
from surveys.measures import Grid, Pair, Percent, Ranking
from surveys.media import MediaQuestion
from surveys.postcodes import Postcode
from surveys.question import CODE_PATTERN, Definition, OneOf, Opens, Option, Question
from surveys.statements import Consent, Information

__all__ = [  # found here by everybody
    "CODE_PATTERN",
    "CardSort",
    "Consent",
    "Definition",
    "Grid",
    "Information",
    "MediaQuestion",
    "OneOf",
    "Option",
    "Pair",
    "Percent",
    "Postcode",
    "Question",
    "Ranking",
]

MAX_FREE_TEXT_CHARS = 100_000  # far above any answer seen; the page says so before it bites
MAX_SHORT_TEXT_CHARS = 500


class _MayBePictures(OneOf):
    """Options that are shown as big pictures if the kind says so; the answer is the same."""

    kind: str

    @model_validator(mode="after")
    def _has_pictures(self) -> Self:
        bare = [each.code for each in self.options if not (each.picture or each.symbol)]
        if self.shows_pictures and bare:
            raise ValueError(f"give a picture or a symbol to: {', '.join(bare)}")
        return self

    @property
    def shows_pictures(self) -> bool:
        """Whether its options are big pictures with the words under them."""
        return self.kind.startswith("picture_")


class Choice(_MayBePictures):
    """One option of several that have no order."""

    kind: Literal["choice", "picture_choice"]
    opens: Opens = ""  # "request": what is chosen opens a task, and the outcome is told back


class Several(_MayBePictures):
    """Any number of options, or between two limits; an exclusive one stands alone."""

    kind: Literal["several", "picture_several"]
    opens: Opens = ""
    fewest: int | None = Field(default=None, ge=1)  # of those who answer at all
    most: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        together = sum(not option.exclusive for option in self.options)
        if self.fewest and self.most and self.fewest > self.most:
            raise ValueError("fewest is more than most; swap them")
        if max(self.fewest or 0, self.most or 0) > together:
            raise ValueError(f"only {together} options go together; lower fewest or most")
        return self

    def toggled(self, picks: tuple[str, ...], value: str) -> tuple[str, ...]:
        """Return what is chosen after one more press; a second one takes an option back."""
        if value in picks:
            return tuple(code for code in picks if code != value)
        alone = {each.code for each in self.options if each.exclusive}
        kept = () if value in alone else tuple(code for code in picks if code not in alone)
        return (*kept, value)


class Scale(OneOf):
    """One option of several in order, such as agreement or satisfaction."""

    kind: Literal["scale"]


class Faces(OneOf):
    """A feeling: one of up to five faces, each with its word."""

    kind: Literal["faces"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=5)


class FreeText(Question):
    """Words of any length, which people here will read and the analysis finds themes in."""

    kind: Literal["free_text"]
    opens: Opens = ""
    max_chars: int = Field(default=MAX_FREE_TEXT_CHARS, ge=1, le=MAX_FREE_TEXT_CHARS)


class ShortText(Question):
    """A name of an organisation, a place, a few words on one line."""

    kind: Literal["short_text"]
    opens: Opens = ""
    max_chars: int = Field(default=MAX_SHORT_TEXT_CHARS, ge=1, le=MAX_FREE_TEXT_CHARS)


class Number(Question):
    """A whole number between two ends, both allowed."""

    kind: Literal["number"]
    lowest: int = 0
    highest: int = 1_000_000


class Date(Question):
    """A day, a month or a year, between two ends if they are given, both allowed."""

    kind: Literal["date"]
    precision: Precision = Precision.DAY
    lowest: str | None = None  # as an answer is kept, such as "2009-04-03"
    highest: str | None = None

    @field_validator("lowest", "highest", mode="before")
    @classmethod
    def _is_text(cls, end: Any) -> Any:
        """Take what YAML reads as a date or a number."""
        return str(end) if isinstance(end, date | int) and not isinstance(end, bool) else end

    @model_validator(mode="after")
    def _ends_fit(self) -> Self:
        for end in (self.lowest, self.highest):
            if end is not None and read_date(end, self.precision) != end:
                asked = {"day": "2009-04-03", "month": "2009-04", "year": "2009"}[self.precision]
                raise ValueError(f"{end} is no {self.precision}; write it like {asked}")
        if self.lowest and self.highest and self.lowest > self.highest:
            raise ValueError("lowest is after highest; swap them")
        return self


class Time(Question):
    """A time of day, to the minute."""

    kind: Literal["time"]


AnyQuestion = Annotated[
    Choice
    | Several
    | Scale
    | Faces
    | CardSort
    | Ranking
    | Grid
    | Percent
    | Pair
    | MediaQuestion
    | FreeText
    | ShortText
    | Number
    | Date
    | Time
    | Postcode
    | Information
    | Consent,
    Field(discriminator="kind"),
]
