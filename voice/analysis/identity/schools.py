"""Finds the names of schools: looks for "school", "academy" … and reads backwards from there."""

import re
from collections.abc import Iterator

from voice.analysis.identity.spans import Kind, Span
from voice.analysis.identity.wordlists import is_everyday, is_school_word, plain

NAME_REACH = 80  # how many characters before "school" may belong to its name
MAX_NAME_WORDS = 5

_ENDS = re.compile(
    r"(?<![\w'’-])(?:school|academy|college|nursery|preschool|pre-school|playgroup|sixth form"
    r"|kindergarten|children's home)(?!\w)",
    re.I,
)
_SHORT_ENDS = re.compile(
    r"(?<= )(?:Primary|Infants?|Juniors?|Grammar|Secondary|High|Combined)(?!\w)"
    r"(?! (?:[Ss]chool|[Rr]oad|[Ss]treet|[Cc]are|[Aa]cademy|[Cc]ourt|[Ww]ycombe))"
)
_SAINT = re.compile(r"(?<!\w)st\.? [a-z]{3,14}['’]?s(?= school)", re.I)
_WORD = re.compile(r"\S+")
_KINDS = frozenset(
    (
        "primary", "secondary", "infant", "junior", "middle", "upper", "grammar", "combined",
        "high", "church-of-england", "c-of-e", "cofe", "ce", "rc",
    )
)  # fmt: skip
_CHURCH = re.compile(r"(?<!\w)(?:church of england|c of e)(?!\w)", re.I)


def find_schools(text: str) -> Iterator[Span]:
    """Yield the schools that are named; "our primary school" is not."""
    text = _CHURCH.sub(lambda found: found[0].replace(" ", "-"), text)  # one word of the name
    for pattern in (_ENDS, _SHORT_ENDS):
        for end in pattern.finditer(text):
            start = _start_of_name(text, end.start())
            if start is not None:
                yield Span(start, end.end(), Kind.SCHOOL)
    for saint in _SAINT.finditer(text):
        yield Span(saint.start(), saint.end(), Kind.SCHOOL)


def _start_of_name(text: str, end: int) -> int | None:
    """Return where a school's own name begins before `end`, or None."""
    begin = None
    window = max(0, end - NAME_REACH)
    for word in list(_WORD.finditer(text, window, end))[: -MAX_NAME_WORDS - 1 : -1]:
        if not _may_be_part(word[0], begun=begin is not None):
            break
        if plain(word[0]) not in _KINDS:
            begin = word.start()
    return begin


def _may_be_part(word: str, *, begun: bool) -> bool:
    bare = plain(word)
    capital = word[:1].isupper()
    if word[-1:] in ".,;:!?" and bare != "st":
        return False
    if bare in _KINDS:
        return not begun
    if is_school_word(bare):
        return capital and bare == "the" and begun
    return bare == "st" or (word[:1].isalpha() and (capital or not is_everyday(bare)))
