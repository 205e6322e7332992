"""In which language a page speaks, and its words in that language."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime

from markupsafe import Markup, escape

from surveys.catalogue import find_said, in_language, say
from surveys.translations import direction
from voice.clock import in_london

ENGLISH = "en"
_spoken = ContextVar("spoken", default=ENGLISH)


def speak(language: str) -> None:
    """Let the page that is drawn now speak this language; the next one begins in English."""
    _spoken.set(language)


def spoken() -> str:
    """Return the language of the page that is drawn now."""
    return _spoken.get()


def page_direction() -> str:
    """Return in which direction the page is written: "ltr" or "rtl"."""
    return direction(spoken())


def words(english: str, **parts: object) -> str:
    """Return `english` in the page's language; marked as English where it is not translated."""
    text = find_said(spoken(), english)
    if text is not None:
        return escape(text).format(**parts) if parts else text
    filled = english if parts else in_language(english, spoken())
    if filled != english:
        return filled
    shown = escape(english).format(**parts) if parts else english
    return Markup('<span lang="en" dir="ltr">{}</span>').format(shown)


def plain_words(english: str, **parts: object) -> str:
    """Return `english` in the page's language without any mark, for a title or an attribute."""
    return say(spoken(), english, **parts) if parts else in_language(english, spoken())


def in_figures_or(in_words: Callable[[datetime], str]) -> Callable[[datetime], str]:
    """Return a way to say a moment: in figures where the page speaks no English."""

    def said(moment: datetime) -> str:
        if spoken() == ENGLISH:
            return in_words(moment)
        return Markup('<bdi dir="ltr">{}</bdi>').format(f"{in_london(moment):%d.%m.%Y %H:%M}")

    return said
