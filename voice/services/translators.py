"""Workbooks for translators: one out with every text of a survey, and one back, whole or not."""

from dataclasses import dataclass

from surveys.answers import storable
from surveys.engine import Survey
from surveys.places import texts_of, untranslated
from surveys.translating import header_for, read_rows, rows_for
from surveys.translations import ENGLISH_NAMES, NAMES, Translation
from voice.services.workbooks import Column, read_workbook, write_workbook

MAX_BY_CHARS = 200
_WIDTHS = (34, 20, 60, 60)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one language has come."""

    language: str
    name: str
    source: str  # who translated it, and whether somebody checked it
    texts: int
    missing: int


def languages_for(survey: Survey) -> list[tuple[str, str]]:
    """Return each language that a survey may be translated into: (code, name), by name."""
    others = [code for code in (*NAMES, *survey.languages) if code != survey.language]
    return sorted(((code, name_of(code)) for code in dict.fromkeys(others)), key=lambda one: one[1])


def name_of(language: str) -> str:
    """Return what a language is called, in English where we know it, and in its own words."""
    own = NAMES.get(language, language)
    english = ENGLISH_NAMES.get(language, "")
    return f"{english} ({own})" if english and english != own else own


def progress(survey: Survey) -> list[Progress]:
    """Return the languages of a survey beside its own, and what each still lacks."""
    texts = len(texts_of(survey))
    return [
        Progress(
            language=each.language,
            name=name_of(each.language),
            source=each.source,
            texts=texts,
            missing=len(untranslated(survey, each.language)),
        )
        for each in survey.translations
    ]


def workbook_for(survey: Survey, language: str) -> bytes:
    """Return a workbook in which only the translations can be typed."""
    names = header_for(language)
    columns = [
        Column(name, width, open=name == names[-1])
        for name, width in zip(names, _WIDTHS, strict=True)
    ]
    return write_workbook(columns, rows_for(survey, language))


def read_workbook_for(survey: Survey, language: str, packed: bytes, *, by: str = "") -> Translation:
    """Return the translation in a workbook that a translator filled in.

    Raises:
        WorkbookError: if it cannot be read.
        SheetError: if a column or a row is missing, added or changed, or a text is not translated.
    """
    found = read_rows(survey, language, read_workbook(packed))
    source = storable(" ".join(by.split()))[:MAX_BY_CHARS]
    texts = {place: storable(text) for place, text in found.texts.items()}
    return found.model_copy(update={"source": source, "texts": texts})
