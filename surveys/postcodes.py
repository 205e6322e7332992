"""Postcodes: how much of one is kept, and the entry in the privacy register for keeping all of it.

A whole postcode names a few houses. So its outward part is kept, or a ward; the whole only where
the survey gives a reason, which everybody who answers can read.
"""

import re
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from surveys.question import Question
from surveys.refusals import AnswerRefusedError, Refusal

MIN_REASON_CHARS = 20  # a sentence, not a word
ONLY_THE_WARD = (
    "We keep only the ward, such as the name of a town, or the first half of the postcode, "
    "and never all of it."
)
# Source: the shape in BS 7666, wide enough for every postcode in use.
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})?")
_BEGINNING = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?(?: [0-9](?:[A-Z]{2})?)?")


class Keeps(StrEnum):
    """How much of a postcode is kept."""

    OUTWARD = "outward"  # HP20, of HP20 1UA
    WARD = "ward"
    WHOLE = "whole"


class Postcode(Question):
    """A UK postcode. Only its outward part is kept, because a full one names a few houses."""

    kind: Literal["postcode"]
    keeps: Keeps = Keeps.OUTWARD
    wards: dict[str, str] = Field(default_factory=dict)  # how its postcodes begin -> the ward
    reason: str = ""  # why the whole one is kept; people read it before they answer

    @model_validator(mode="after")
    def _is_in_the_register(self) -> Self:
        if self.keeps is Keeps.WHOLE and len(self.reason.strip()) < MIN_REASON_CHARS:
            raise ValueError("the whole postcode is kept only with a `reason`, in a sentence")
        if self.keeps is not Keeps.WHOLE and self.reason:
            raise ValueError("`reason` is only for `keeps: whole`; remove it")
        if (self.keeps is Keeps.WARD) is not bool(self.wards):
            raise ValueError("`keeps: ward` needs `wards`, and nothing else takes them")
        strange = [each for each in self.wards if not _BEGINNING.fullmatch(each)]
        if strange:
            raise ValueError(f"{strange[0]} begins no postcode; write it like HP20 or HP20 1")
        return self

    @property
    def told(self) -> str:
        """What people are told of what is kept, beside the question; empty for the usual."""
        return ONLY_THE_WARD if self.keeps is Keeps.WARD else self.reason

    def read(self, text: str) -> str:
        """Return what is kept of a postcode; of one in no ward that we know, its outward part.

        Raises:
            AnswerRefusedError: if it is no postcode.
        """
        if text in self.wards.values():
            return text  # as it was kept, when a page sends it again
        found = _POSTCODE.fullmatch(" ".join(text.upper().split()))
        if found is None:
            raise AnswerRefusedError(self.code, Refusal.NOT_A_POSTCODE)
        whole = " ".join(part for part in found.groups() if part)
        if self.keeps is Keeps.WHOLE:
            return whole
        fits = [each for each in self.wards if _begins(whole, each)]
        return self.wards[max(fits, key=len)] if fits else found[1]

    @staticmethod
    def district(kept: str) -> str:
        """Return what figures show of what was kept: its outward part at most, or the ward."""
        found = _POSTCODE.fullmatch(kept)
        return found[1] if found is not None else kept


def _begins(whole: str, beginning: str) -> bool:
    """Return whether a postcode lies in an area: HP2 is not the beginning of HP20."""
    outward, _, inward = beginning.partition(" ")
    return whole.partition(" ")[0] == outward and whole.partition(" ")[2].startswith(inward)
