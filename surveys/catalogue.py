"""The words of the service itself in other languages: buttons, errors, what the chat says.

One file a language in `surveys/languages/`, each English sentence with its translation; parts in
curly brackets stay. What is not there is said in English.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

LANGUAGES = Path(__file__).parent / "languages"


@lru_cache(maxsize=32)
def catalogue(language: str) -> Mapping[str, str]:
    """Return every sentence that is translated into this language; none if we have no file."""
    path = LANGUAGES / f"{language}.yaml"
    if not language.isalpha() or not path.is_file():
        return MappingProxyType({})
    return MappingProxyType(YAML(typ="safe", pure=True).load(path.read_text("utf-8")))


def find_said(language: str, english: str) -> str | None:
    """Return `english` in this language, its parts still in brackets; None if not translated."""
    return english if language == "en" else catalogue(language).get(english)


def say(language: str, english: str, **parts: object) -> str:
    """Return `english` in this language, or as it is, with its parts filled in."""
    said = find_said(language, english) or english
    return said.format(**parts) if parts else said
