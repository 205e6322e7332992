"""Questions that are hard to read for adults too."""

import re
from collections.abc import Iterator

from surveys.checking.findings import Finding, should
from surveys.checking.reading_age import reading_age
from surveys.engine import Survey

MAX_ADULT_READING_AGE = 18  # a text for a university: the measure is rough on one sentence
MIN_WORDS = 12
_SENTENCE_END = re.compile(r"[.!?:](?:\s|$)|\n")


def reading_age_of(text: str) -> float:
    """Return the age at which a British child reads this text with ease; 0.0 without a word."""
    return reading_age(_SENTENCE_END.split(text))


def check_hard_words(survey: Survey) -> Iterator[Finding]:
    """Find questions for adults that few read with ease; children have a check of theirs."""
    for question in () if survey.is_for_children else survey.questions:
        age, words = reading_age_of(question.text), len(question.text.split())
        if words >= MIN_WORDS and age > MAX_ADULT_READING_AGE:
            yield should(
                question.code,
                f"is hard to read ({words} words; {age:.0f} years of age with ease); "
                f"use shorter sentences and shorter words",
            )
