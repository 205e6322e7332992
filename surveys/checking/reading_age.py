"""How old somebody must be to read a text with ease."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from surveys.checking.findings import Finding, should, words_about
from surveys.engine import Survey
from surveys.fitting import Setting, fit
from surveys.places import texts_of
from surveys.variants import Audience

MAX_READING_AGE = 11  # what a survey for children may ask of them, as a whole
MAX_SENTENCE_READING_AGE = 14  # a single question may be harder: the measure is rough on few words
MIN_SENTENCE_WORDS = 6
_YEARS_BEFORE_FIRST_GRADE = 5
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*", re.IGNORECASE)
_VOWELS = re.compile(r"[aeiouy]+")
_SENTENCE_END = re.compile(r"[.!?:](?:\s|$)|\n")
_SILENT_END = re.compile(r"(?:[^laeiouy]e|[^aeioutd]ed|[^aeiousxz]es)$")


def syllables_in(word: str) -> int:
    """Return about how many syllables an English word has; at least one."""
    letters = word.lower().replace("’", "'").split("'")[0]
    count = len(_VOWELS.findall(letters))
    return max(1, count - 1 if count > 1 and _SILENT_END.search(letters) else count)


def reading_age(sentences: Iterable[str]) -> float:
    """Return the age in years at which a British child reads these sentences with ease.

    0.0 when there is no word in them. Rough: fair on a page, poor on a line.

    Source: Kincaid and others (1975), the Flesch-Kincaid grade level, and five years to the grade.
    """
    each_sentence = [found for text in sentences if (found := _WORD.findall(text))]
    words = [word for found in each_sentence for word in found]
    if not words:
        return 0.0
    syllables = sum(syllables_in(word) for word in words)
    grade = 0.39 * len(words) / len(each_sentence) + 11.8 * syllables / len(words) - 15.59
    return max(0.0, grade + _YEARS_BEFORE_FIRST_GRADE)


def text_age(text: str) -> int:
    """Return the reading age of one text in whole years; 0 if it is too short to be measured."""
    if len(_WORD.findall(text)) < MIN_SENTENCE_WORDS:
        return 0
    return round(reading_age(_SENTENCE_END.split(text)))


@dataclass(frozen=True, slots=True)
class TextAge:
    """How old somebody must be to read one text of a survey. `place` is where it stands."""

    place: str
    text: str
    years: int


def reading_ages(survey: Survey) -> tuple[TextAge, ...]:
    """Return the reading age of every text that is long enough to be measured, in its order.

    The texts of variants are among them; names of answers and other short texts are not.
    """
    return tuple(
        TextAge(place, text, text_age(text))
        for place, text in texts_of(survey).items()
        if len(_WORD.findall(text)) >= MIN_SENTENCE_WORDS
    )


def check_reading_age(survey: Survey) -> Iterator[Finding]:
    """Find what a child could not read, in each way in which children are asked."""
    codes = [variant.code for variant in survey.variants] or [""]
    for code in codes:
        fitted = fit(survey, Setting(variant=code))
        if fitted.audience is Audience.YOUNG:
            yield from _check_one_way(fitted)


def _check_one_way(survey: Survey) -> Iterator[Finding]:
    everything = [*words_about(survey), *(question.text for question in survey.questions)]
    age = reading_age(part for text in everything for part in _SENTENCE_END.split(text))
    if age > MAX_READING_AGE:
        yield should(
            "",
            f"reads like a text for somebody of {age:.0f}, and it is for children; "
            f"use shorter sentences and shorter words",
        )
    for question in survey.questions:
        if len(_WORD.findall(question.text)) >= MIN_SENTENCE_WORDS:
            age = reading_age(_SENTENCE_END.split(question.text))
            if age > MAX_SENTENCE_READING_AGE:
                yield should(
                    question.code,
                    f"reads like a text for somebody of {age:.0f}; say it as you would to a child",
                )
