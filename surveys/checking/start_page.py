"""What the start page has to say before somebody can decide whether to take part."""

from collections.abc import Iterator

from surveys.checking.findings import Finding, must
from surveys.checking.walls import find_missing_wall
from surveys.engine import Survey

_ASKED_FOR = {
    "what": "what this is about",
    "why": "why you ask",
    "who_for": "who should answer",
    "what_happens": "what happens with the answers",
    "who_reads": "who reads the answers",
}


def check_start_page(survey: Survey) -> Iterator[Finding]:
    """Find what people need to know and are not told, and whom it says it is for."""
    left = [name for name in _ASKED_FOR if not getattr(survey.about, name).strip()]
    if left:
        words = ", ".join(_ASKED_FOR[name] for name in left)
        fields = ", ".join(f"`{name}`" for name in left)
        yield must("", f"the start page does not say {words}; fill in {fields}")
    yield from find_missing_wall(survey)
