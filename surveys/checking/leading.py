"""Questions that push people towards an answer."""

import re
from collections.abc import Iterator

from surveys.checking.findings import Finding, should
from surveys.engine import Survey

_PUSHES = re.compile(
    r"\b(?:do|would|could) (?:n.t |not )?you (?:not )?agree that\b"
    r"|\b(?:don|wouldn|isn|aren|can|shouldn|couldn)['’]t (?:you|it|we|they)\b"
    r"|\b(?:surely|obviously|of course|needless to say)\b"
    r"|\bas you (?:know|may know|will know)\b|\b(?:most|many) people (?:agree|think|say|feel)\b"
    r"|\bhow much did you (?:enjoy|like|love)\b",
    re.IGNORECASE,
)
_PRAISES = re.compile(
    r"\b(?:excellent|outstanding|world[- ]class|award[- ]winning|much[- ]needed|exciting"
    r"|wonderful|fantastic)\b",
    re.IGNORECASE,
)
_ONE_SIDE = re.compile(
    r"\b(?:to what extent|how (?:strongly|far|much)) do you (agree|support|favour)\b", re.IGNORECASE
)
_OTHER_SIDE = {"agree": "disagree", "support": "oppose", "favour": "oppose"}


def check_leading(survey: Survey) -> Iterator[Finding]:
    """Find wording that says which answer is hoped for."""
    for question in survey.questions:
        if found := _PUSHES.search(question.text):
            yield should(
                question.code,
                f"leads people (“{found[0]}”); ask it so that every answer is as welcome",
            )
        if found := _PRAISES.search(question.text):
            yield should(
                question.code,
                f"praises what it asks about (“{found[0]}”); leave the praise out",
            )
        found = _ONE_SIDE.search(question.text)
        if found and _OTHER_SIDE[found[1].lower()] not in question.text.lower():
            side = found[1].lower()
            yield should(
                question.code,
                f"names one side only (“{found[0]}”); write “{side} or {_OTHER_SIDE[side]}”",
            )
