"""Why the software raised a concern, in plain words, and in which language it noticed it."""

from dataclasses import dataclass
from functools import cache

from voice.analysis import safeguarding
from voice.analysis.safeguarding import Tier
from voice.analysis.safeguarding.resources import read_rows
from voice.models import Concern

ENGLISH = "en"
_SAYING = "saying"  # a few words that are a call by themselves
_LANGUAGE_MARK = ":"  # before the name of a rule of another language, as in "pl:phys-hit-me"


@dataclass(frozen=True, slots=True)
class Why:
    """What raised a concern, read again now. Without `notes` and categories the weights did.

    `is_noticed` is False where the software that runs now sees nothing in the words.
    """

    notes: tuple[str, ...]
    categories: tuple[str, ...]  # of rules that no note explains
    is_saying: bool
    language: str
    is_noticed: bool
    is_same_version: bool


def why(concern: Concern) -> Why | None:
    """Return what raised a concern, or None if the software did not: the person asked or chose."""
    if concern.detector == concern.category:
        return None
    found = safeguarding.screen(concern.words)
    languages = [each.split(_LANGUAGE_MARK)[0] for each in found.reasons if _LANGUAGE_MARK in each]
    known = [_rules()[each] for each in found.reasons if each in _rules()]
    return Why(
        notes=tuple(dict.fromkeys(note for _, note in known if note)),
        categories=tuple(dict.fromkeys(category for category, note in known if not note)),
        is_saying=_SAYING in found.reasons,
        language=languages[0] if languages else ENGLISH,
        is_noticed=found.tier is not Tier.NONE,
        is_same_version=found.version == concern.detector,
    )


@cache
def _rules() -> dict[str, tuple[str, str]]:
    """Return each rule as reasons name it, with its category and its note, which may be empty."""
    ours = {row["rule"]: (row["category"], row["note"]) for row in read_rows("rules.csv")}
    rows = list(read_rows("languages/rules.csv"))
    for language in ("cy", "pl", "ur"):
        ours |= {
            f"{language}{_LANGUAGE_MARK}{row['rule']}": (row["category"], row["note"])
            for row in rows
        }
    return ours
