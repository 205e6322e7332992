"""What every kind of question has, and the options that many have.

The kinds themselves are in `surveys/questions.py`; the larger ones have files of their own.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from surveys.conditions import Condition
from surveys.once import once_for_each
from surveys.placeholders import without_answers
from surveys.ready_made import options_called

CODE_PATTERN = r"^[a-z][a-z0-9_]{0,39}$"  # codes travel in addresses and in 64-byte buttons
PICTURE_PATTERN = r"^(?:[a-z0-9][a-z0-9_-]{0,59}\.(?:svg|png|jpg|webp))?$"  # a name, never a path
Opens = Literal["", "request"]  # what an answer opens beside itself; see surveys/requests.py


class Definition(BaseModel):
    """Something read from a survey file: frozen, and any key we do not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_LINE_TO_WRITE_ON = re.compile(r"[:\s]*_{3,}")


class Option(Definition):
    """One choice that a question offers."""

    code: str = Field(pattern=CODE_PATTERN)
    label: str = Field(min_length=1)
    symbol: str = ""  # an emoji shown beside the words in a chat, never instead of them
    picture: str = Field(default="", pattern=PICTURE_PATTERN)  # the label says what it shows
    exclusive: bool = False  # "None of the above": goes with no other option
    specify: bool = False  # "Another way (please specify)": asks for words as well
    worry: bool = False  # choosing this means somebody may need help: show it, and raise a concern

    @property
    def on_screen(self) -> str:
        """The label without a line to write on, which only paper has."""
        return _LINE_TO_WRITE_ON.sub("", self.label)


class ScreenWording(Definition):
    """Words for a screen in place of those for paper. What is not given stays."""

    text: str | None = Field(default=None, min_length=1)
    intro: str | None = None  # an empty one is taken away
    hint: str | None = None


class Question(Definition):
    """What every kind of question has. Answering is optional unless `required`."""

    code: str = Field(pattern=CODE_PATTERN)
    text: str = Field(min_length=1)
    symbol: str = ""  # an emoji above the words, where the survey is asked with symbols
    intro: str = ""  # read before the question, when the paper form prints a lead-in
    hint: str = ""
    section: str = ""
    required: bool = False
    page: str = Field(default="", pattern=f"^$|{CODE_PATTERN}")  # those of one name share a page
    equality: bool = False  # about who answers: asked last, optional, and kept apart
    service: str = Field(default="", max_length=80)  # that it asks about; else the survey's
    ask_if: Condition | None = None
    printed_number: int | None = None  # the number on the paper form
    printed_note: str = ""  # paper-only words ("please circle"), kept for the print form
    on_screen: ScreenWording | None = None  # where its words point at the paper that they stand on

    @property
    def plain_text(self) -> str:
        """The text as it stands over everybody's answers, with none of them in it."""
        return without_answers(self.text)

    @property
    def takes_answer(self) -> bool:
        """Whether anything is asked; an information page asks nothing."""
        return True


class OneOf(Question):
    """A question with options of which one is chosen."""

    options: Annotated[tuple[Option, ...], Field(min_length=2), BeforeValidator(options_called)]

    @field_validator("options")
    @classmethod
    def _codes_differ(cls, options: tuple[Option, ...]) -> tuple[Option, ...]:
        codes = [option.code for option in options]
        if twice := {code for code in codes if codes.count(code) > 1}:
            raise ValueError(f"option code used twice: {', '.join(sorted(twice))}")
        return options

    def option(self, code: str) -> Option | None:
        """Return the option with this code, or None."""
        return options_by_code(self.options).get(code)


@once_for_each(4_096)
def options_by_code(options: tuple[Option, ...]) -> Mapping[str, Option]:
    """Return the options of a question by their codes, in their order."""
    return {option.code: option for option in options}
