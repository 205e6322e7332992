"""For or against: what an option of a closed question says, and what an open question asks for.

Never guessed from somebody's words: where no question gives it, it is not known.
"""

import re
from collections.abc import Mapping
from enum import StrEnum


class Stance(StrEnum):
    """On which side somebody stands of what was asked."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


_NEITHER = re.compile(
    r"(?:neither|not sure|unsure|don.?t know|maybe|neutral|no opinion|no view|undecided|ok\b|okay)"
)
_AGAINST = re.compile(
    r"(?:no\b|(?:strongly |tend to |mostly |slightly |somewhat )?(?:disagree|oppose)"
    r"|(?:strongly )?against|not in favour|definitely not|not at all"
    r"|(?:very |fairly |quite )?(?:dissatisfied|poor|bad|unhappy|unsatisfied))"
)
_FOR = re.compile(
    r"(?:yes\b|(?:strongly |tend to |mostly |slightly |somewhat )?(?:agree|support)"
    r"|in favour|for$|definitely|completely|excellent"
    r"|(?:very |fairly |quite )?(?:satisfied|good|happy))"
)
_GOOD = (
    "good|well|best|(?<!would )(?<!would you )liked?|enjoy(?:ed)?|helpful|helped|proud|strengths?"
)
_ASKS_FOR_GOOD = re.compile(rf"\b(?:{_GOOD}|improved)\b")
_ASKS_FOR_CHANGE = re.compile(
    r"\b(?:better|improve|change[ds]?|differently|wrong|worst|dislike|worr(?:y|ies)|concerns?|bad"
    r"|difficult|problems?|further|missing)\b"
)
_DENIED = re.compile(rf"(?:\bnot|n.t)(?: \w+){{0,2}} (?:{_GOOD}|work)\b")
_REFERS_BACK = re.compile(
    r"\bwhy\b|\breasons?\b|\byour answer\b|\bexplain\b|\b(?:say|tell us|tell me) (?:a bit )?more\b"
    r"|\bcomments?\b|\bmore about (?:this|that)\b"
)


def stance_of(label: str) -> Stance | None:
    """Return what choosing the option called `label` says; None if it says nothing of a side."""
    said = label.casefold().strip()
    for stance, pattern in (
        (Stance.NEITHER, _NEITHER),
        (Stance.AGAINST, _AGAINST),
        (Stance.FOR, _FOR),
    ):
        if pattern.match(said):
            return stance
    return None


def count_sides(
    question: str, people: int, given: Mapping[str, int] | None
) -> dict[Stance, int] | None:
    """Return how many who raise a theme are on each side; None where that is not known.

    `given` says how many of them chose each option of a closed question, by its label. Without one
    all `people` are on the side that the open question asks for, if it asks for one.
    """
    if given is not None:
        return {
            side: sum(many for label, many in given.items() if stance_of(label) is side)
            for side in Stance
        }
    asked = asked_for(question)
    return {side: people if side is asked else 0 for side in Stance} if asked else None


def asked_for(question: str) -> Stance | None:
    """Return on which side everything is that answers `question`; None if it asks for both."""
    asked = question.casefold()
    affirmed = _DENIED.sub("", asked)
    good = _ASKS_FOR_GOOD.search(affirmed) is not None
    change = affirmed != asked or _ASKS_FOR_CHANGE.search(asked) is not None
    if good == change:
        return None
    return Stance.FOR if good else Stance.AGAINST


def refers_back(question: str) -> bool:
    """Return whether `question` asks about the answer to the question before it."""
    return _REFERS_BACK.search(question.casefold()) is not None
