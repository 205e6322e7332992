"""Words to read, and words to agree with: the kinds that tell people something."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from surveys.question import OneOf, Option, Question

AGREES, AGREES_NOT = "yes", "no"  # stored for ever, so never reworded


class Telling(Question):
    """What both have: `text` is the heading, `body` what is told, blank lines between parts."""

    body: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the body in its parts."""
        parts = (part.strip() for part in self.body.split("\n\n"))
        return tuple(part for part in parts if part)


class Information(Telling):
    """A page to read. It asks nothing, has no number, and is no part of anybody's answers."""

    kind: Literal["information"]

    @property
    def takes_answer(self) -> bool:
        """Whether anything is asked: nothing is."""
        return False

    @model_validator(mode="after")
    def _asks_nothing(self) -> Self:
        if self.required or self.equality or self.printed_number:
            raise ValueError(
                "an information page asks nothing; take away required, equality, printed_number"
            )
        return self


class Consent(OneOf, Telling):
    """A statement to agree with. While one that is `required` is not agreed to, all ends there."""

    kind: Literal["consent"]
    options: tuple[Option, ...] = Field(
        default=(
            Option(code=AGREES, label="I agree"),
            Option(code=AGREES_NOT, label="I do not agree"),
        )
    )

    @model_validator(mode="after")
    def _is_yes_or_no(self) -> Self:
        if [option.code for option in self.options] != [AGREES, AGREES_NOT]:
            raise ValueError(
                f"the options of a consent are {AGREES} and {AGREES_NOT}, in this order"
            )
        return self

    def is_declined(self, values: Any) -> bool:
        """Return whether these values of an answer end everything: a required yes is refused."""
        return self.required and tuple(values) == (AGREES_NOT,)
