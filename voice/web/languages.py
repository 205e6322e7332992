"""In which language a page speaks, and its words in that language."""

from flask import g
from markupsafe import Markup

from surveys.catalogue import find_said, say
from surveys.translations import direction

ENGLISH = "en"


def speak(language: str) -> None:
    """Let the page that is drawn now speak this language."""
    g.language = language


def spoken() -> str:
    """Return the language of the page that is drawn now."""
    language: str = g.get("language", ENGLISH)
    return language


def page_direction() -> str:
    """Return in which direction the page is written: "ltr" or "rtl"."""
    return direction(spoken())


def words(english: str, **parts: object) -> str:
    """Return `english` in the page's language; marked as English where it is not translated."""
    text = find_said(spoken(), english)
    if text is not None:
        return text.format(**parts) if parts else text
    shown = english.format(**parts) if parts else english
    return Markup('<span lang="en" dir="ltr">{}</span>').format(shown)


def plain_words(english: str, **parts: object) -> str:
    """Return `english` in the page's language without any mark, for a title or an attribute."""
    return say(spoken(), english, **parts)
