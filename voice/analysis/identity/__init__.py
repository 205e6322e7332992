"""Finds and blanks what could tell who somebody is: names, numbers, addresses, schools, accounts.

The whole of its public face: `find_spans`, `mask`, `Span`, `Kind` and `HELPLINES`. It needs
nothing but the standard library, and no text can stall it.
"""

from voice.analysis.identity.finding import find_spans
from voice.analysis.identity.numbers import HELPLINES
from voice.analysis.identity.spans import PLACEHOLDERS, Kind, Span, mask

__all__ = ["HELPLINES", "PLACEHOLDERS", "Kind", "Span", "find_spans", "mask"]
