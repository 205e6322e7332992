"""Ways to be asked one survey: with symbols, in easy words, as an adult, as a victim.

A variant rewords questions and may leave some out. It has no codes of its own, so that answers
are the same however they were asked for, and count together.
"""

from enum import StrEnum
from typing import Any

from pydantic import Field, field_validator

from surveys.question import CODE_PATTERN, PICTURE_PATTERN, Definition


class Audience(StrEnum):
    """For whom a survey is worded."""

    ADULT = "adult"
    YOUNG = "young"
    VICTIM = "victim"


class Presentation(StrEnum):
    """How a survey is shown."""

    PLAIN = "plain"
    EASY_READ = "easy_read"  # larger, with a symbol beside each answer, and read aloud
    SYMBOLS = "symbols"  # one picture question a screen, hardly any words, and read aloud


class OptionWording(Definition):
    """Other words or another symbol for an option, a row or a card."""

    label: str | None = None
    symbol: str | None = None
    picture: str | None = Field(default=None, pattern=PICTURE_PATTERN)


class QuestionWording(Definition):
    """Other words for a question. What is not given stays; an empty hint is taken away."""

    text: str | None = Field(default=None, min_length=1)
    intro: str | None = None
    hint: str | None = None
    section: str | None = None
    body: str | None = None  # of an information page or of a request for consent
    symbol: str | None = None
    # By the code of an option, a row, a column or a card.
    options: dict[str, OptionWording] = Field(default_factory=dict)

    @field_validator("options", mode="before")
    @classmethod
    def _take_a_label_alone(cls, options: Any) -> Any:
        if not isinstance(options, dict):
            return options
        return {
            code: {"label": each} if isinstance(each, str) else each
            for code, each in options.items()
        }


class AboutWording(Definition):
    """Other words for the start page. What is not given stays."""

    what: str | None = None
    why: str | None = None
    who_for: str | None = None
    minutes: int | None = Field(default=None, ge=1, le=120)
    what_happens: str | None = None
    who_reads: str | None = None
    paper: str | None = None
    phone: str | None = None
    thanks: str | None = None


class Variant(Definition):
    """One way to be asked. `name` is what people choose by, in their own plain words."""

    code: str = Field(pattern=CODE_PATTERN)
    name: str = Field(min_length=1)
    for_whom: str = ""
    symbol: str = ""
    youngest: int | None = Field(default=None, ge=0, le=120)
    oldest: int | None = Field(
        default=None, ge=0, le=120
    )  # whoever is older is not offered it first
    audience: Audience | None = None  # None: as the survey says
    presentation: Presentation = Presentation.PLAIN
    title: str | None = None
    about: AboutWording | None = None
    leave_out: tuple[str, ...] = ()  # codes of questions that are not asked
    # By the code of the question.
    questions: dict[str, QuestionWording] = Field(default_factory=dict)

    @property
    def is_easy(self) -> bool:
        """Whether it is made for people who read little or not at all."""
        return self.presentation is not Presentation.PLAIN

    def suits(self, age: int) -> bool:
        """Return whether it is meant for somebody of this age."""
        return (self.youngest or 0) <= age <= (self.oldest if self.oldest is not None else age)


def suggested(
    variants: tuple[Variant, ...], *, age: int | None = None, needs_pictures: bool = False
) -> Variant | None:
    """Return the variant to offer first; None if there is no choice.

    Whoever needs pictures is offered the one with the fewest words, whatever their age. It is
    only a suggestion: everybody may choose any.
    """
    if needs_pictures:
        order = (Presentation.SYMBOLS, Presentation.EASY_READ)
        easy = sorted((v for v in variants if v.is_easy), key=lambda v: order.index(v.presentation))
        if easy:
            return easy[0]
    meant = [v for v in variants if age is not None and v.suits(age)]
    by_age = [v for v in meant if v.youngest is not None or v.oldest is not None]
    return next(iter(by_age or meant or variants), None)
