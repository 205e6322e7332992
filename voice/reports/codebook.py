"""What stands in the tables of a consultation: every question with its answers, and SPSS syntax."""

from collections.abc import Iterator

from surveys.engine import Survey
from surveys.questions import OneOf, Several
from voice.reports.csv_files import csv_file

_COUNTS = (
    ("section", "A200", "Heading that the question shares with others"),
    ("question", "A500", "Question as it was asked"),
    ("answer", "A300", "Answer that was chosen"),
    ("people", "A12", "People who chose it; withheld for 1 to 4"),
    ("of", "F8.0", "People who answered the question"),
    ("percent", "A8", "Whole per cent of these, halves rounded up"),
    ("skipped", "F8.0", "People who were asked and did not answer"),
    ("not_asked", "F8.0", "People who never came to the question"),
    ("response_rate", "A40", "Responses that count, of people asked"),
)


def codebook_file(survey: Survey) -> bytes:
    """Return a line for each answer of each question: what it is called and what it means."""
    columns = ("variable", "label", "kind", "value", "value label")
    return csv_file(columns, _lines(survey))


def _lines(survey: Survey) -> Iterator[tuple[str, str, str, str, str]]:
    for question in survey.questions:
        options = question.options if isinstance(question, OneOf | Several) else ()
        about = (question.code, question.text, question.kind)
        if not options:
            yield (*about, "", "")
        for option in options:
            yield (*about, option.code, option.label)


def spss_syntax(survey: Survey) -> bytes:
    """Return syntax that reads `counts.csv` into SPSS with the labels of its variables.

    What is withheld becomes missing.
    """
    variables = "\n".join(f"  {name} {kind}" for name, kind, _ in _COUNTS)
    labels = "\n".join(f"  {name} {_quoted(words)}" for name, _, words in _COUNTS)
    lines = (
        f"* {_quoted(survey.title)}.",
        "GET DATA /TYPE=TXT /FILE='counts.csv' /ENCODING='UTF8' /ARRANGEMENT=DELIMITED",
        "  /DELIMITERS=',' /QUALIFIER='\"' /FIRSTCASE=2 /VARIABLES=",
        f"{variables}.",
        f"VARIABLE LABELS\n{labels}.",
        "COMPUTE number = NUMBER(people, F8.0).",
        "VARIABLE LABELS number 'People who chose it, as a number'.",
        "EXECUTE.",
    )
    return ("\n".join(lines) + "\n").encode()


def _quoted(words: str) -> str:
    inside = " ".join(words.split()).replace("'", "''")
    return f"'{inside}'"
