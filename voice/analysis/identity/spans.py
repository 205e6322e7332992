"""Where personal details stand in a text, and how they are blanked."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What kind of personal detail a span is."""

    PERSON = "PERSON"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    POSTCODE = "POSTCODE"
    ADDRESS = "ADDRESS"
    SCHOOL = "SCHOOL"
    DOB = "DOB"
    NHS_NUMBER = "NHS_NUMBER"
    ID_NUMBER = "ID_NUMBER"
    HANDLE = "HANDLE"


PLACEHOLDERS = {
    Kind.PERSON: "[name]",
    Kind.PHONE: "[phone number]",
    Kind.EMAIL: "[email address]",
    Kind.POSTCODE: "[postcode]",
    Kind.ADDRESS: "[address]",
    Kind.SCHOOL: "[school]",
    Kind.DOB: "[date of birth]",
    Kind.NHS_NUMBER: "[NHS number]",
    Kind.ID_NUMBER: "[reference number]",
    Kind.HANDLE: "[account name]",
}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A personal detail from `start` up to but not including `end`, in code points."""

    start: int
    end: int
    kind: Kind


def mask(text: str, spans: Iterable[Span], *, name_as: str = "") -> str:
    """Return `text` with each span replaced by what it was, such as `[name]`.

    A person's name becomes `name_as`, if there is one. The spans must not overlap; their order
    does not matter.
    """
    stand_ins = PLACEHOLDERS | ({Kind.PERSON: name_as} if name_as else {})
    parts = []
    at = 0
    for span in sorted(spans):
        parts += [text[at : span.start], stand_ins[span.kind]]
        at = span.end
    return "".join([*parts, text[at:]])


def without_overlaps(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in the order of the text; of two that overlap the earlier given wins."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in spans:
        places = range(span.start, span.end)
        if taken.isdisjoint(places):
            kept.append(span)
            taken.update(places)
    return tuple(sorted(kept))
