"""What the screening says about a text: values only."""

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """What the service does next."""

    NONE = "none"  # the text waits for its ordinary reader; it is not "no concern"
    SUPPORT = "support"  # show where help is
    ALERT = "alert"  # show where help is, and wake the safeguarding lead


class Urgency(StrEnum):
    """How soon somebody must read it."""

    NONE = "none"
    HIGH = "high"
    IMMEDIATE = "immediate"


class Category(StrEnum):
    """What kind of harm the words point to. A first guess for the queue, never a finding."""

    ABUSE_PHYSICAL = "abuse_physical"
    ABUSE_EMOTIONAL = "abuse_emotional"
    ABUSE_SEXUAL = "abuse_sexual"
    NEGLECT = "neglect"
    SELF_HARM_SUICIDE = "self_harm_suicide"
    EXPLOITATION = "exploitation_cse_grooming"
    DOMESTIC_ABUSE = "domestic_abuse"
    BULLYING_SERIOUS = "bullying_serious"
    MISSING_FROM_HOME = "missing_from_home"


@dataclass(frozen=True, slots=True)
class Screening:
    """What one text raised. `reasons` name rules, never the person's own words."""

    tier: Tier
    category: Category | None
    urgency: Urgency
    sentence: str  # verbatim, the part that raised it; empty when nothing did
    reasons: tuple[str, ...]
    version: str
