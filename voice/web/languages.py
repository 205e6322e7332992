"""In which language a page speaks, and its words in that language."""

import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import date, datetime
from typing import Literal
from urllib.parse import urlencode

from flask import g, request
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as Reply

from surveys.catalogue import find_said, in_language, offered_languages, say
from surveys.dates import date_in_words as stored_in_words
from surveys.dates import months_said
from surveys.translations import direction, language_name
from voice.clock import in_london
from voice.config import Helpline
from voice.web.session import asked_for_now, kept_meanwhile, settings

ENGLISH = "en"
LANGUAGE_COOKIE = "language"


_spoken = ContextVar("spoken", default=ENGLISH)
_is_surveys = ContextVar("is_surveys", default=False)  # the page speaks as its survey does


def speak(language: str) -> None:
    """Let the page that is drawn now speak this language, as what it is about does."""
    _spoken.set(language)
    _is_surveys.set(True)


def speak_as_chosen() -> None:
    """Let the page that is asked for speak the language chosen, unless it says otherwise."""
    _spoken.set(chosen_language())
    _is_surveys.set(False)


def speak_no_more(_error: BaseException | None = None) -> None:
    """Let whatever comes next begin in English."""
    _spoken.set(ENGLISH)
    _is_surveys.set(False)


def spoken() -> str:
    """Return the language of the page that is drawn now."""
    return _spoken.get()


def chosen_language() -> str:
    """Return the language chosen on this page or on one before; English for officers."""
    asked = asked_for_now()
    if asked.path.startswith("/officers"):
        return ENGLISH
    kept = kept_meanwhile().get("language_kept", asked.cookies.get(LANGUAGE_COOKIE, ""))
    wanted = (asked.query_string and asked_language()) or kept
    return wanted if wanted and wanted in offered_languages() else ENGLISH


def language_before() -> str:
    """Return the language chosen on a page before this one."""
    kept = request.cookies.get(LANGUAGE_COOKIE, "")
    return kept if kept in offered_languages() else ENGLISH


def asked_language() -> str:
    """Return the language that this page's address asks for; empty if it names none of ours."""
    here = asked_for_now()
    if not here.query_string:
        return ""
    asked = here.args.get("language", "")
    return asked if asked in offered_languages() else ""


def choose_language(language: str) -> None:
    """Let the pages after this one speak this language; with an empty one, English again."""
    g.language_kept = language


def keep_language(reply: Reply) -> Reply:
    """Remember the language chosen, or read, until the browser is closed."""
    request = asked_for_now()
    if request.blueprint != "public":
        return reply
    before = request.cookies.get(LANGUAGE_COOKIE, "")
    here = spoken()
    read = asked_language() or (here if here != ENGLISH else before)
    read = read if read and read in offered_languages() else ""
    wanted = kept_meanwhile().get("language_kept", read)
    if wanted and wanted != before:
        # Without an age: what somebody reads is nothing to keep on their device.
        is_secure = settings().is_https
        reply.set_cookie(LANGUAGE_COOKIE, wanted, secure=is_secure, httponly=True, samesite="Lax")
    elif before and not wanted:
        reply.delete_cookie(LANGUAGE_COOKIE)
    return reply


def languages_here() -> tuple[str, ...]:
    """Return the languages that this page can be read in; none where its survey offers its own."""
    request = asked_for_now()
    is_ours = request.method == "GET" and not request.path.startswith("/officers")
    return offered_languages() if is_ours and not _is_surveys.get() else ()


def here_in(language: str) -> str:
    """Return the address of this page in another language."""
    return f"{request.path}?{urlencode(request.args.to_dict() | {'language': language})}"


def page_direction() -> str:
    """Return in which direction the page is written: "ltr" or "rtl"."""
    return direction(spoken())


def words(english: str, **parts: object) -> str:
    """Return `english` in the page's language; marked as English where it is not translated."""
    text = find_said(spoken(), english)
    if text is not None:
        return _filled(text, parts) if parts else text
    filled = english if parts else in_language(english, spoken())
    if filled != english:
        return filled
    shown = _filled(english, parts) if parts else english
    return Markup('<span lang="en" dir="ltr">{}</span>').format(shown)


def _filled(text: str, parts: Mapping[str, object]) -> Markup:
    """Return a text with its parts in their places, both of them safe on a page.

    As `escape(text).format(**parts)` does, whose way goes through each character twice.
    """
    safe = {name: escape(part) for name, part in parts.items()}
    return Markup(str(escape(text)).format_map(safe))  # noqa: S704 - all of it is escaped


def plain_words(english: str, **parts: object) -> str:
    """Return `english` in the page's language without any mark, for a title or an attribute."""
    return say(spoken(), english, **parts) if parts else in_language(english, spoken())


def workers_words(english: str) -> str:
    """Return `english` as the worker reads it who sits beside whoever the page speaks to."""
    return say(language_before(), english)


def theirs(written: str, language: str = ENGLISH) -> str:
    """Return words that are not ours, marked with their language where the page speaks another."""
    if not written or language == spoken():
        return written
    return Markup('<span lang="{}" dir="auto">{}</span>').format(language, written)


def of_line(line: Helpline, part: Literal["name", "hours", "note"]) -> str:
    """Return a part of a helpline in the page's language, or as it is, marked as English."""
    return line.find_said(part, spoken()) or theirs(getattr(line, part))


def sentence_by_sentence(written: str) -> str:
    """Return sentences, those of ours in the page's language and the others marked as English."""
    said = (words(each) for each in re.split(r"(?<=\.) ", written.strip()))
    return Markup(" ").join(said)


def in_figures_or(in_words: Callable[[datetime], str]) -> Callable[[datetime], str]:
    """Return a way to say a moment: in figures where the page speaks no English."""

    def said(moment: datetime) -> str:
        if spoken() == ENGLISH:
            return in_words(moment)
        return Markup('<bdi dir="ltr">{}</bdi>').format(f"{in_london(moment):%d.%m.%Y %H:%M}")

    return said


def day_or(in_words: Callable[[date], str]) -> Callable[[date | datetime], str]:
    """Return a way to say a day: without its weekday where the page speaks no English."""

    def said(moment: date | datetime) -> str:
        day = in_london(moment).date() if isinstance(moment, datetime) else moment
        if spoken() == ENGLISH:
            return in_words(day)
        return stored_in_words(day.isoformat(), spoken())

    return said


def months_here(written: str) -> str:
    """Return English words with a date in them, its month said in the page's language."""
    return months_said(written, spoken())


# What every template may say, by the names that templates use.
SPOKEN: dict[str, Callable[..., object]] = {
    "_": words,
    "_plain": plain_words,
    "_workers": workers_words,
    "workers_language": language_before,
    "theirs": theirs,
    "of_line": of_line,
    "sentence_by_sentence": sentence_by_sentence,
    "here_in": here_in,
    "offered_languages": offered_languages,
    "language_name": language_name,
    "direction": direction,
}
