"""What feeling words miss in feedback about a service: doubts, complaints and improvements.

"Good forum, however we need to be convinced" praises and doubts; "too many priorities" complains
without a feeling word; "better practice as a result of it" praises without one. A phrase that is
denied ("not too many") or wished for ("I would like more awareness") says nothing here.
"""

import re

_CONTRAST = re.compile(r"\b(?:however|but|although|though|yet)\b[\s,]*", re.IGNORECASE)
_SURE_DOUBT = re.compile(
    r"(?:\bneeds to\b|(?<!\bI )(?<!\byou )\bneed to be\b|\bto be convinced\b"
    r"|\b(?:not|n't) (?:yet )?(?:convinced|sure (?:that|if|whether))\b"
    r"|\bnot yet\b|\bremains to be seen\b|\bwork to do\b)",
    re.IGNORECASE,
)
_MILD_DOUBT = re.compile(r"\b(?:could|should) (?:be|do|have)\b(?! worse\b)", re.IGNORECASE)
_COMPLAINT = re.compile(
    r"\b(?:too (?:many|much|few|little|long)|(?:not|n't)(?: \w+){0,3} enough"
    r"|(?:difficult|hard|impossible) to)\b"
    r"|\w+n't(?: \w+){0,3} enough\b",
    re.IGNORECASE,
)
_BETTER = re.compile(
    r"\b(?:better|improved|stronger"
    r"|(?:more|greater|increased) (?:awareness|aware|understanding|confidence|confident|careful"
    r"|knowledge|knowledgeable|effective|effectively|able))\b",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"\b(?:as a result of|because of|thanks to|since"
    r"|(?:made|makes|helped) (?:me|us|my|our|them|everyone|everybody))\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:\b(?:not|never|no|nothing|without|hardly|less)|n't)(?: \w+){0,2} *$", re.IGNORECASE
)
_WISHED = re.compile(
    r"\b(?:would|could|should|might|need|needs|want|wants|wish|please|hope|if)\b", re.IGNORECASE
)


def split_at_doubt(unit: str) -> tuple[str, str]:
    """Return `unit` before and from the contrast that a doubt follows; no doubt gives "" last.

    Whether a mild doubt ("could be quicker") is one is for who reads the tone of its words.
    """
    for contrast in _CONTRAST.finditer(unit):
        after = unit[contrast.end() :]
        if _SURE_DOUBT.search(after) or _MILD_DOUBT.search(after):
            return unit[: contrast.start()], after
    return unit, ""


def is_sure_doubt(clause: str) -> bool:
    """Return whether a clause after a contrast doubts, whatever feeling words are in it."""
    return _SURE_DOUBT.search(clause) is not None


def complains(unit: str) -> bool:
    """Return whether something is too many, too little, or hard to do."""
    return any(_is_meant(unit, found) for found in _COMPLAINT.finditer(unit))


def tells_of_improvement(unit: str) -> bool:
    """Return whether something became better because of something."""
    if _WISHED.search(unit) or not _BECAUSE.search(unit):
        return False
    return any(_is_meant(unit, found) for found in _BETTER.finditer(unit))


def _is_meant(unit: str, found: re.Match[str]) -> bool:
    return _DENIED.search(unit[: found.start()]) is None
