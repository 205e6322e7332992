"""Finds every personal detail of a text, each place once."""

from voice.analysis.identity.contacts import find_contacts
from voice.analysis.identity.numbers import HELPLINES, find_numbers
from voice.analysis.identity.people import find_people
from voice.analysis.identity.spans import Span, without_overlaps


def find_spans(text: str, *, helplines: frozenset[str] = HELPLINES) -> tuple[Span, ...]:
    """Return the personal details in `text`, in order and without overlaps.

    Public helplines, places, dates of events, ages and everyday words that are also names are
    left alone. `helplines` are the public numbers as digits without spaces, those of this
    deployment added to `HELPLINES`. Offsets are code points, as Python's own.
    """
    found = [*find_contacts(text), *find_numbers(text, helplines=helplines), *find_people(text)]
    return without_overlaps(found)
