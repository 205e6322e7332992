"""Whether a survey for victims, or for young people who harmed somebody, is kept apart as such."""

import re
from collections.abc import Iterator

from surveys.checking.findings import Finding, should
from surveys.engine import Survey

_VICTIMS = re.compile(r"\bvictims?\b|\bharmed by\b", re.IGNORECASE)
_YOUNG_PEOPLE = re.compile(r"\brestorative\b|\boffend(?:ed|ers?|ing)\b", re.IGNORECASE)
FOR_VICTIMS = (
    "it seems to be for victims; set `audience: victim`, so that what they say never stands with "
    "what a young person who harmed them says"
)
FOR_YOUNG_PEOPLE = (
    "it seems to be for young people who harmed somebody; set `wall: young_person`, so that what "
    "they say never stands with what a victim says"
)


def find_missing_wall(survey: Survey) -> Iterator[Finding]:
    """Find a survey that speaks to either side and is kept apart from neither."""
    if survey.stands_behind is not None:
        return
    told = " ".join((survey.title, survey.about.what, survey.about.who_for))
    if _VICTIMS.search(told):
        yield should("", FOR_VICTIMS)
    elif _YOUNG_PEOPLE.search(told):
        yield should("", FOR_YOUNG_PEOPLE)
