"""What a check finds, and the words of a survey that checks look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from surveys.engine import Survey
from surveys.questions import AnyQuestion, Grid, OneOf, Pair


class Severity(StrEnum):
    """How much a finding matters. `MUST`: somebody cannot answer, or is misled."""

    MUST = "must"
    SHOULD = "should"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, in plain words with its cure. `question` is empty when it is the survey's."""

    severity: Severity
    question: str
    message: str


def must(question: str, message: str) -> Finding:
    """Return a finding that has to be mended before anybody answers."""
    return Finding(Severity.MUST, question, message)


def should(question: str, message: str) -> Finding:
    """Return a finding that an officer may decide to live with."""
    return Finding(Severity.SHOULD, question, message)


def words_of(question: AnyQuestion) -> Iterator[str]:
    """Give each text of a question that people see on a screen; not the paper form's notes."""
    yield from (each for each in (question.section, question.intro) if each)
    yield question.text
    yield from (each for each in (question.hint,) if each)
    if (words := question.on_screen) is not None:
        yield from (each for each in (words.intro, words.text, words.hint) if each)
    if isinstance(question, OneOf):
        yield from (option.label for option in question.options)
    if isinstance(question, Pair):
        yield from question.labels.values()
    if isinstance(question, Grid):
        yield from (row.label for row in question.rows)
        yield from (column.label for column in question.columns)


def words_about(survey: Survey) -> Iterator[str]:
    """Give each text of the survey that belongs to no question."""
    yield survey.title
    about = survey.about
    yield from (about.what, about.why, about.who_for, about.what_happens, about.who_reads)
    yield from (each for each in (about.paper, about.phone, about.thanks) if each)


def all_words(survey: Survey) -> Iterator[tuple[str, str]]:
    """Give (question code or nothing, text) for every text that people see."""
    yield from (("", text) for text in words_about(survey))
    for question in survey.questions:
        yield from ((question.code, text) for text in words_of(question))
