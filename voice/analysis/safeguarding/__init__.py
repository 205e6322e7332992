"""Notices when somebody may be at risk, so that a person reads it soon.

The whole of its public face: `screen`, `accuses_staff`, `is_safe_word` and the values they answer
with. It runs inside the transaction that keeps an answer, so it needs nothing but the standard
library.
"""

from voice.analysis.safeguarding.safewords import is_safe_word
from voice.analysis.safeguarding.screening import detector_version, screen
from voice.analysis.safeguarding.staff import accuses_staff
from voice.analysis.safeguarding.values import Category, Screening, Tier, Urgency

__all__ = [
    "Category",
    "Screening",
    "Tier",
    "Urgency",
    "accuses_staff",
    "detector_version",
    "is_safe_word",
    "screen",
]
