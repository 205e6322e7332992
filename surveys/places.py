"""Every text of a survey that people read, by its place: `questions.worried.options.yes.label`.

Translations name texts by place, so a new kind of question is translated without a new rule.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from surveys.question import Definition
from surveys.translations import Translation

if TYPE_CHECKING:
    from surveys.engine import Survey

TEXTS = frozenset(
    {
        "title", "name", "for_whom", "what", "why", "who_for", "what_happens", "who_reads",
        "paper", "phone", "thanks", "text", "intro", "hint", "section", "label",
        "body", "start", "end", "reason",
    }
)  # fmt: skip
NO_TEXTS = frozenset(
    {
        "source", "ask_if", "translations", "code", "kind", "symbol", "language", "presentation",
        "page", "picture", "printed_note", "lowest", "highest", "wall",
        "keeps", "wards",
        "service",  # said to officers alone, in English
        "name_as",  # said to officers and in what is published, in English
    }
)  # fmt: skip
Part = TypeVar("Part", bound=Definition)
Say = Callable[[str, str], str]  # the place and the text there, to the text that should be there


def texts_of(survey: "Survey") -> dict[str, str]:
    """Return each text that people read by its place, in the order of the survey."""
    found: dict[str, str] = {}

    def note(place: str, text: str) -> str:
        found[place] = text
        return text

    _walk(survey, "", note)
    return found


def translated(survey: "Survey", language: str) -> "Survey":
    """Return the survey in this language; a text that is not translated stays as it is.

    A language that it is not translated into changes nothing.
    """
    translation = survey.translation(language)
    if translation is None:
        return survey
    texts = translation.texts
    spoken = _walk(survey, "", lambda place, text: texts.get(place) or text)
    own = Translation(language=survey.language, texts={})  # stays on offer, to go back to
    return spoken.model_copy(
        update={"language": language, "translations": (own, *survey.translations)}
    )


def untranslated(survey: "Survey", language: str) -> dict[str, str]:
    """Return each text that has no translation into this language, by its place."""
    translation = survey.translation(language)
    said = translation.texts if translation is not None else {}
    return {place: text for place, text in texts_of(survey).items() if not said.get(place)}


def strangers(survey: "Survey", translation: Translation) -> list[str]:
    """Return the places that a translation names and the survey has no text at."""
    there = texts_of(survey)
    return [place for place in translation.texts if place not in there]


def coded_parts(part: Definition) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Give the name and the parts of each list in `part` whose parts have codes: options, rows."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, tuple) and value and all(hasattr(each, "code") for each in value):
            yield name, value


def _walk(part: Part, place: str, say: Say) -> Part:
    """Return `part` with every text in it as `say` gives it."""
    said: dict[str, Any] = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        here = f"{place}.{name}" if place else name
        if name in NO_TEXTS or not value:
            continue
        if isinstance(value, str) and name in TEXTS:
            said[name] = say(here, value)
        elif isinstance(value, Definition):
            said[name] = _walk(value, here, say)
        elif isinstance(value, dict):
            said[name] = {key: _walk(each, f"{here}.{key}", say) for key, each in value.items()}
    for name, coded in coded_parts(part):
        if name not in NO_TEXTS:
            here = f"{place}.{name}" if place else name
            said[name] = tuple(_walk(each, f"{here}.{each.code}", say) for each in coded)
    return part.model_copy(update=said)
