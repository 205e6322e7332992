"""A survey's texts as a sheet for a translator, and the sheet read back: all of it or nothing."""

from collections.abc import Sequence

from surveys.engine import Survey
from surveys.places import texts_of
from surveys.translations import ENGLISH_NAMES, Translation, language_name

PLACE, WHERE, TEXT = "Place (do not change)", "What it is", "Text"
_KINDS = {
    "title": "Title", "text": "Question", "hint": "Hint", "intro": "Before the question",
    "section": "Heading", "label": "Answer", "name": "Name of a way to answer",
    "for_whom": "For whom a way is",
}  # fmt: skip
Row = tuple[str, str, str, str]


class SheetError(ValueError):
    """The sheet cannot be taken in. `problems` has a sentence for each thing to mend."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def header_for(language: str) -> tuple[str, str, str, str]:
    """Return the names of the columns."""
    return (PLACE, WHERE, TEXT, ENGLISH_NAMES.get(language, language_name(language)))


def rows_for(survey: Survey, language: str) -> list[Row]:
    """Return a row for each text: its place, what it is, the text, and its translation so far."""
    translation = survey.translation(language)
    said = translation.texts if translation is not None else {}
    return [
        (place, _KINDS.get(place.rpartition(".")[2], "About the survey"), text, said.get(place, ""))
        for place, text in texts_of(survey).items()
    ]


def read_rows(survey: Survey, language: str, rows: Sequence[Sequence[str]]) -> Translation:
    """Return the translation in a sheet that `rows_for` made and a translator filled in.

    Raises:
        SheetError: if a column or a row is missing, added or changed, or a text is not translated.
    """
    expected = header_for(language)
    header = tuple(cell.strip() for cell in rows[0][: len(expected)]) if rows else ()
    if header != expected:
        columns = ", ".join(f"“{name}”" for name in expected)
        raise SheetError([f"row 1: the columns must be {columns}; export the sheet again"])
    texts = texts_of(survey)
    said: dict[str, str] = {}
    problems: list[str] = []
    for number, row in enumerate(rows[1:], start=2):
        place, _, text, translated = (*row, "", "", "", "")[:4]
        if not any(row):
            continue
        problems += _faults(number, place, text, translated, texts=texts, said=said)
        said[place] = translated.strip()
    problems += [
        f"the row of “{texts[place]}” ({place}) is missing; export the sheet again"
        for place in texts
        if place not in said
    ]
    if problems:
        raise SheetError(problems)
    return Translation(language=language, texts=said)


def _faults(
    number: int, place: str, text: str, translated: str, *, texts: dict[str, str], said: object
) -> list[str]:
    if place not in texts:
        return [f"row {number}: “{place}” is no place in this survey; put back what stood there"]
    if isinstance(said, dict) and place in said:
        return [f"row {number}: {place} is there twice; remove one row"]
    if text.split() != texts[place].split():
        return [f"row {number}: the text has changed since; export the sheet again for {place}"]
    if not translated.strip():
        return [f"row {number}: “{texts[place]}” ({place}) is not translated"]
    return []
