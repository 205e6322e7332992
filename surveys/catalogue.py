"""The words of the service itself in other languages: buttons, errors, what the chat says.

Two files a language in `surveys/languages/`, one of them in `around/`: each English sentence with
its translation; parts in curly brackets stay. What is not there is said in English.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

_OURS = "limits"  # a part that is a sentence of ours, too
_NUMBERS = frozenset({"number", "fewest", "most", "places"})
_FIGURES = r"[\d,]+"
_A_DAY = r"[^.]*\d[^.]*"  # a date or a time
LANGUAGES = Path(__file__).parent / "languages"
AROUND = "around"  # the pages round a survey: a folder of its own, so that no file grows too long


@lru_cache(maxsize=32)
def catalogue(language: str) -> Mapping[str, str]:
    """Return every sentence that is translated into this language; none if we have no file."""
    found: dict[str, str] = {}
    if language.isalpha():
        for path in (LANGUAGES / f"{language}.yaml", LANGUAGES / AROUND / f"{language}.yaml"):
            if path.is_file():
                found |= YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def offered_languages() -> tuple[str, ...]:
    """Return the languages that the service speaks by itself, English first."""
    return ("en", *sorted(path.stem for path in LANGUAGES.glob("*.yaml")))


def find_said(language: str, english: str) -> str | None:
    """Return `english` in this language, its parts still in brackets; None if not translated."""
    return english if language == "en" else catalogue(language).get(english)


def say(language: str, english: str, **parts: object) -> str:
    """Return `english` in this language, or as it is, with its parts filled in."""
    said = find_said(language, english) or english
    return said.format(**parts) if parts else said


def in_language(sentence: str, language: str) -> str:
    """Return a sentence of ours, its parts filled in, in this language; others as they are."""
    said = catalogue(language)
    if sentence in said:
        return said[sentence]
    for start, pattern, english in _beginning(language, sentence[:1]):
        if sentence.startswith(start) and (found := pattern.fullmatch(sentence)):
            parts = found.groupdict()
            if _OURS in parts:
                parts[_OURS] = in_language(parts[_OURS], language)
            return said[english].format(**parts)
    return sentence


@lru_cache(maxsize=1_024)
def _beginning(language: str, letter: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return those of the sentences that may begin with this letter, in their order."""
    return tuple(each for each in _patterns(language) if each[0][:1] in {"", letter})


@lru_cache(maxsize=32)
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return the sentences with parts to fill in, as patterns; those that say most come first.

    Each has the words before its first part, by which most sentences are told from it at once.
    """
    with_parts = [english for english in catalogue(language) if re.search(r"\{\w+\}", english)]
    patterns = []
    for english in sorted(with_parts, key=len, reverse=True):
        escaped = re.sub(r"\\\{(\w+)\\\}", _part, re.escape(english))
        start = re.split(r"\{\w+\}", english, maxsplit=1)[0]
        patterns.append((start, re.compile(escaped, re.DOTALL), english))
    return tuple(patterns)


def _part(found: re.Match[str]) -> str:
    """Return what may stand in a part: figures in a number and a date, any words elsewhere."""
    name = found[1]
    return rf"(?P<{name}>{_FIGURES if name in _NUMBERS else _A_DAY if name == 'date' else '.+'})"
