"""Finds e-mail addresses, postcodes, street addresses, schools and account names.

Every pattern has bounded repeats only and starts at a boundary, so none can stall.
"""

import re
from collections.abc import Iterator

from voice.analysis.identity.spans import Kind, Span
from voice.analysis.identity.wordlists import is_everyday, is_place, is_school_word, plain

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
_FLAT = r"(?:(?:flat|apartment|apt|unit|room|block) ?\w{1,4},? )?"
_NUMBERED = re.compile(
    rf"(?<![\w./£-])(?i:{_FLAT}\d{{1,4}}[a-z]?(?:-\d{{1,4}})?,? "
    rf"(?:{_WORD} ){{1,3}}?{_STREET})(?!\w)"
    rf"(?:, [A-Z][a-z]{_WORD}(?: [A-Z][a-z]{_WORD}){{0,2}}(?!\w))?"
)
_NAMED_HOUSE = re.compile(
    rf"(?<!\w)(?:[A-Z]{_WORD} ){{1,3}}(?:Cottage|House|Farm|Lodge|Barn|Villa|Mill|Manor|Bungalow)"
    rf", (?:[A-Z]{_WORD} ?){{1,3}}(?<! )"
)
_NAMED_HOME_AT = re.compile(
    rf"\b(?:of|at|live in|address is) ((?:[A-Z]{_WORD} ){{1,3}}(?:Cottage|Farm|Lodge|Barn|Villa))"
)
_SCHOOL_END = (
    "(?:school|academy|college|nursery|preschool|pre-school|playgroup|sixth form|kindergarten"
    "|children's home|infants|juniors)"
)
_SCHOOL_KIND = (
    "(?:primary|infant|infants|junior|juniors|secondary|combined|grammar|high|upper|middle|lower"
    "|special|ce|c of e|catholic|rc|community|free|day|girls'?|boys'?|first|park|church of england)"
)
_SCHOOL = re.compile(
    rf"(?<![\w'’-])((?:{_WORD} ){{1,4}}?)((?:{_SCHOOL_KIND} ){{0,3}}){_SCHOOL_END}(?!\w)", re.I
)
_SHORT_SCHOOL = re.compile(
    rf"(?<![\w'’-])((?:[A-Z]{_WORD} ){{1,3}}?)(?:Primary|Infants?|Juniors?|Grammar|Secondary|High|"
    rf"Combined)(?!\w)(?! (?:[Ss]chool|[Rr]oad|[Ss]treet|[Cc]are|[Aa]cademy|[Cc]ourt|[Ww]ycombe))"
)
_SAINT_SCHOOL = re.compile(r"(?<!\w)st\.? [a-z]{3,14}['’]?s(?= school)", re.I)
_KINDS = ("primary", "secondary", "infant", "junior", "middle", "upper", "grammar", "combined")
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


def find_contacts(text: str) -> Iterator[Span]:
    """Yield where a person can be reached or found, the surest kinds first."""
    for pattern, kind in ((_EMAIL, Kind.EMAIL), (_SPOKEN_EMAIL, Kind.EMAIL)):
        yield from _spans(pattern, text, kind)
    yield from _handles(text)
    yield from _spans(_POSTCODE, text, Kind.POSTCODE)
    yield from _schools(text)
    yield from _spans(_NUMBERED, text, Kind.ADDRESS)
    yield from _spans(_NAMED_HOUSE, text, Kind.ADDRESS)
    for match in _NAMED_HOME_AT.finditer(text):
        yield Span(*match.span(1), Kind.ADDRESS)


def _spans(pattern: re.Pattern[str], text: str, kind: Kind) -> Iterator[Span]:
    for match in pattern.finditer(text):
        yield Span(match.start(), match.end(), kind)


def _handles(text: str) -> Iterator[Span]:
    yield from _spans(_AT_HANDLE, text, Kind.HANDLE)
    yield from _spans(_NUMBERED_HANDLE, text, Kind.HANDLE)
    for match in _NAMED_HANDLE.finditer(text):
        if _looks_like_an_account(match[1]):
            yield Span(*match.span(1), Kind.HANDLE)


def _looks_like_an_account(word: str) -> bool:
    mixed = not word.islower() and not word.isupper() and not word.istitle()
    marked = any(sign in "_.@" or sign.isdecimal() for sign in word)
    if word.isdecimal():
        return False
    return marked or mixed or not (is_everyday(word) or is_place(word))


def _schools(text: str) -> Iterator[Span]:
    for match in _SCHOOL.finditer(text):
        start = _start_of_name(text, match.start(1), match.end(1))
        if start is not None:
            yield Span(start, match.end(), Kind.SCHOOL)
    for match in _SHORT_SCHOOL.finditer(text):
        start = _start_of_name(text, match.start(1), match.end(1))
        if start is not None:
            yield Span(start, match.end(), Kind.SCHOOL)
    yield from _spans(_SAINT_SCHOOL, text, Kind.SCHOOL)


def _start_of_name(text: str, start: int, end: int) -> int | None:
    """Return where a school's own name begins between `start` and `end`, or None."""
    begin = None
    for word in reversed(list(re.finditer(r"\S+", text[start:end]))):
        bare = plain(word[0]).strip(".,'’")
        capital = word[0][:1].isupper()
        if is_school_word(bare) and not (capital and bare == "the" and begin is not None):
            if begin is None and bare in _KINDS:
                continue
            break
        if not capital and is_everyday(bare) and bare != "st":
            break
        begin = start + word.start()
    return begin
