"""Finds e-mail addresses, postcodes, street addresses and account names.

Every pattern has bounded repeats only and starts at a boundary, so none can stall.
"""

import re
from collections.abc import Iterator

from voice.analysis.identity.schools import find_schools
from voice.analysis.identity.spans import Kind, Span
from voice.analysis.identity.wordlists import is_everyday, is_place

HOUSE_REACH = 60  # how many characters before "Cottage" may belong to its name

_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_SPOKEN_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?[(\[] ?at ?[)\]] ?[\w-]{1,63}"
    r"(?: ?[(\[]? ?(?:dot|\.) ?[)\]]? ?\w{2,20}){1,3}",
    re.I,
)
_POSTCODE = re.compile(r"(?<!\w)[a-z]{1,2}\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{2}(?!\w)", re.I)
_STREET = (
    "(?:road|rd|street|st|lane|ln|avenue|ave|close|drive|way|crescent|cres|court|gardens|grove"
    "|place|terrace|hill|walk|rise|mews|row|square|view|green|park|end|croft|mead|meadow|field"
    "|fields|path|parade|wharf|quay|orchard|dene|dell|leys|approach|circus|broadway)"
)
_WORD = r"[^\W\d_][\w'’.-]{0,24}"
_NOT_A_STREET = (  # "40 bus on London Road", "2 weeks at Green Park" are no addresses
    "(?:to|at|on|in|from|for|by|near|via|of|and|or|the|a|an|my|our|bus|buses|min|mins|minutes|hours?"
    "|days?|weeks?|months?|years?|miles?|people|children|kids|times?|places?|pm|am)(?!\\w)"
)
_FLAT = r"(?:(?:flat|apartment|apt|unit|room|block) ?\w{1,4},? )?"
_NUMBERED = re.compile(
    rf"(?<![\w./£-])(?i:{_FLAT}\d{{1,4}}[a-z]?(?:-\d{{1,4}})?,? "
    rf"(?:(?!{_NOT_A_STREET}){_WORD} ){{1,3}}?{_STREET})(?!\w)"
    rf"(?:, [A-Z][a-z]{_WORD}(?: [A-Z][a-z]{_WORD}){{0,2}}(?!\w))?"
)
_HOUSE = re.compile(r"(?<= )(?:Cottage|House|Farm|Lodge|Barn|Villa|Mill|Manor|Bungalow)(?!\w)")
_HOUSE_NAME = re.compile(rf"(?:[A-Z]{_WORD} ){{1,3}}\Z")
_AFTER_HOUSE = re.compile(rf", [A-Z]{_WORD}(?: [A-Z]{_WORD}){{0,2}}")
_HOME_CUE = re.compile(r"\b(?:of|at|live in|lives in|address is) \Z", re.I)
_AT_HANDLE = re.compile(r"(?<![\w@.])@[a-z0-9_][\w.]{2,30}(?<!\.)", re.I)
_NUMBERED_HANDLE = re.compile(r"(?<![\w#])[\w.]{2,32}#\d{4}(?!\d)")
_NETWORKS = (
    "snap|snapchat|sc|insta|instagram|ig|tiktok|tik tok|discord|roblox|username|user name|user"
    "|gamertag|psn|xbox|twitter|facebook|fb|kik|handle|telegram|twitch|steam|youtube|fortnite"
    "|account|add me"
)
_NAMED_HANDLE = re.compile(
    rf"(?<!\w)(?:{_NETWORKS})(?:'s)?[ :=-]{{1,3}}"
    r"(?:(?:is|user|username|name|account|handle|on|me|tag|id|called|at)[ :=-]{1,3}){0,3}"
    r"(@?[a-z0-9_][\w.-]{2,30})(?<![.-])(?![\w@])",
    re.I,
)

_THEN_NETWORK = re.compile(
    rf"(?<![\w@.#])([a-z_][\w.-]{{2,30}})(?<![.-]),? (?:on|is my) (?:my )?(?:{_NETWORKS})(?!\w)",
    re.I,
)
_MAIL_HOUSES = (
    "gmail|googlemail|hotmail|outlook|yahoo|icloud|live|aol|btinternet|talktalk|virginmedia"
)
_SAID_EMAIL = re.compile(
    r"(?<![\w.+-])[\w+-]{1,64}(?:(?: dot |\.)[\w+-]{1,32}){0,3}"
    rf" at (?:{_MAIL_HOUSES})(?: dot |\.)(?:com|co(?: dot |\.)uk|net|org)(?!\w)",
    re.I,
)


def find_contacts(text: str) -> Iterator[Span]:
    """Yield where a person can be reached or found, the surest kinds first."""
    if "@" in text:
        yield from _spans(_EMAIL, text, Kind.EMAIL)
    if "(" in text or "[" in text:
        yield from _spans(_SPOKEN_EMAIL, text, Kind.EMAIL)
    yield from _spans(_SAID_EMAIL, text, Kind.EMAIL)
    yield from _handles(text)
    yield from _spans(_POSTCODE, text, Kind.POSTCODE)
    yield from find_schools(text)
    yield from _spans(_NUMBERED, text, Kind.ADDRESS)
    yield from _named_houses(text)


def _spans(pattern: re.Pattern[str], text: str, kind: Kind) -> Iterator[Span]:
    for match in pattern.finditer(text):
        yield Span(match.start(), match.end(), kind)


def _named_houses(text: str) -> Iterator[Span]:
    """Yield `Rookery Cottage, Dunmow End`, and a bare `Rookery Cottage` after "live at"."""
    for house in _HOUSE.finditer(text):
        window = max(0, house.start() - HOUSE_REACH)
        name = _HOUSE_NAME.search(text[window : house.start()])
        if name is None:
            continue
        start = window + name.start()
        after = _AFTER_HOUSE.match(text, house.end())
        if after or _HOME_CUE.search(text[max(0, start - 12) : start]):
            yield Span(start, after.end() if after else house.end(), Kind.ADDRESS)


def _handles(text: str) -> Iterator[Span]:
    if "@" in text:
        yield from _spans(_AT_HANDLE, text, Kind.HANDLE)
    if "#" in text:
        yield from _spans(_NUMBERED_HANDLE, text, Kind.HANDLE)
    for match in _NAMED_HANDLE.finditer(text):
        if _looks_like_an_account(match[1]):
            yield Span(*match.span(1), Kind.HANDLE)
    for match in _THEN_NETWORK.finditer(text):
        if any(sign == "_" or sign.isdecimal() for sign in match[1]):
            yield Span(*match.span(1), Kind.HANDLE)


def _looks_like_an_account(word: str) -> bool:
    mixed = not word.islower() and not word.isupper() and not word.istitle()
    marked = any(sign in "_.@" or sign.isdecimal() for sign in word)
    if word.isdecimal():
        return False
    return marked or mixed or not (is_everyday(word) or is_place(word))
