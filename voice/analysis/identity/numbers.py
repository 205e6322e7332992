"""Finds telephone numbers, NHS numbers, dates of birth and the numbers of cases, cars and people.

Every pattern has bounded repeats only and starts at a boundary, so none can stall.
"""

import re
from collections.abc import Iterator

from voice.analysis.identity.spans import Kind, Span

HELPLINES = frozenset(
    {
        "999", "112", "101", "111", "116123", "116000", "116111", "08001111", "08088005000",
        "01296383962", "08009997677", "03003035555", "08082000247", "0800555111",
    }
)  # fmt: skip

_CUE_REACH = 40  # how many characters before a number may say what it is

_DIGIT = re.compile(r"\d")
_PHONE = re.compile(
    r"(?<![\w./-])(?:\+44[ .-]?(?:\(0\)[ .-]?)?|0044[ .-]?|\(0\d{2,4}\)[ .-]?|0)"
    r"\d(?:[ .()-]{0,2}\d){5,10}(?![\w/-]|[.]\d)"
)
_SHORT_PHONE = re.compile(r"(?<![\w./-])(?<!\d )\d{3}[ -]?\d{3,4}(?![\w/-])")
_PHONE_CUE = re.compile(r"\b(?:call|ring|phone|tel|telephone|text|mobile|landline|whatsapp)\b")
_SAID_DIGIT = "(?:oh|zero|nought|one|two|three|four|five|six|seven|eight|nine|\\d{1,6})"
_SAID_PHONE = re.compile(
    r"(?<!\w)(?:oh|zero|nought|0)"
    rf"(?:[ ,-]{{1,2}}(?:(?:double|triple) )?{_SAID_DIGIT}){{4,12}}(?!\w)"
)
_SAID_WORD = re.compile(rf"(?:(?:double|triple) )?{_SAID_DIGIT}")
_TEN_DIGITS = re.compile(r"(?<![\w./-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w/-])")
_NHS_CUE = re.compile(r"\bn\.?h\.?s\b")
_INSURANCE = re.compile(r"(?<!\w)[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d](?!\w)", re.I)
_PLATE = re.compile(r"(?<!\w)[a-z]{2}\d{2} ?[a-z]{3}(?!\w)", re.I)
_OLD_PLATE = re.compile(r"(?<!\w)[a-z]\d{1,3} ?[a-z]{3}(?!\w)", re.I)
_PLATE_CUE = re.compile(r"\b(?:reg|registration|plate|car|van|moped|vehicle)\b")
_REFERENCE = re.compile(r"(?<![\w/-])[a-z]{1,6}[/-]\d{2,}(?:[/-]\w{1,10}){0,4}(?![\w/])", re.I)
_SLASHED = re.compile(r"(?<![\w/-])\d{1,6}/\d{3,8}(?:/\d{2,4})?(?![\w/])")
_ID_CUE = re.compile(
    r"\b(?:ref|reference|case|crime|incident|log|plan|ehcp|number|no|num|passport|policy|claim"
    r"|account|urn|upn|pupil|licence|license|insurance|file|badge|warrant|collar|id|custody"
    r"|caution|statement|liquidlogic|ni)\b",
    re.I,
)
_IDENTIFIER = re.compile(r"(?<![\w/-])[a-z]{0,6}[/-]?\d[\w/-]{3,19}(?!\w)", re.I)
_MONTH = (
    "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june"
    "|july|august|september|october|november|december)"
)
_BIRTH_CUE = re.compile(r"\b(?:born(?: on)?|d\.?o\.?b\.?|date of birth|birthday|birth date)\b")
_DATE = re.compile(
    r"(?<![\w/])(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? \d{{2,4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})(?![\w/])",
    re.I,
)
_YEAR_ALONE = re.compile(r"^\d{4}[/-]\d{2,4}$")


def find_numbers(text: str, *, helplines: frozenset[str] = HELPLINES) -> Iterator[Span]:
    """Yield the numbers that belong to a person, the surest kinds first.

    `helplines` are digits without spaces; such a number is never yielded.
    """
    lower = _in_small_letters(text)
    yield from _said_phones(lower)
    if _DIGIT.search(text) is None:
        return
    yield from _births(text, lower)
    yield from _health_numbers(text, lower)
    yield from _spans(_INSURANCE, text, Kind.ID_NUMBER)
    yield from _plates(text, lower)
    yield from _phones(text, lower, helplines)
    yield from _references(text, lower, helplines)


def _in_small_letters(text: str) -> str:
    """Return `text` in small letters, every letter still where it was."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def digits_of(text: str) -> str:
    """Return the digits of a telephone number, `+44 (0)` and `0044` read as `0`."""
    digits = "".join(sign for sign in text if sign.isdecimal())
    if text.lstrip().startswith("+44") or digits.startswith("0044"):
        digits = "0" + digits.removeprefix("00").removeprefix("44").removeprefix("0")
    return digits


def is_nhs_number(digits: str) -> bool:
    """Return whether ten digits satisfy the check digit of an NHS number.

    Source: NHS Data Model and Dictionary, "NHS number", modulus 11.
    """
    if len(digits) != 10:
        return False
    check = 11 - sum(int(digit) * (10 - at) for at, digit in enumerate(digits[:9])) % 11
    return check % 11 == int(digits[9]) and check != 10


def _births(text: str, lower: str) -> Iterator[Span]:
    dates = _DATE.finditer(text) if _BIRTH_CUE.search(lower) else ()
    for date in dates:
        if _BIRTH_CUE.search(lower, max(0, date.start() - 24), date.start()):
            yield Span(date.start(), date.end(), Kind.DOB)


def _health_numbers(text: str, lower: str) -> Iterator[Span]:
    for match in _TEN_DIGITS.finditer(text):
        said = _NHS_CUE.search(lower, max(0, match.start() - _CUE_REACH), match.start())
        if said or (match[0][0] != "0" and is_nhs_number(digits_of(match[0]))):
            yield Span(match.start(), match.end(), Kind.NHS_NUMBER)


def _plates(text: str, lower: str) -> Iterator[Span]:
    for match in _PLATE.finditer(text):
        if match[0].isupper() or _cued(_PLATE_CUE, lower, match.start()):
            yield Span(match.start(), match.end(), Kind.ID_NUMBER)
    for match in _OLD_PLATE.finditer(text):
        if match[0].isupper() and _cued(_PLATE_CUE, lower, match.start()):
            yield Span(match.start(), match.end(), Kind.ID_NUMBER)


def _phones(text: str, lower: str, helplines: frozenset[str]) -> Iterator[Span]:
    for match in _PHONE.finditer(text):
        digits = digits_of(match[0])
        if 10 <= len(digits) <= 11 and digits not in helplines:
            yield Span(match.start(), match.end(), Kind.PHONE)
    for match in _SHORT_PHONE.finditer(text):
        digits = digits_of(match[0])
        if digits not in helplines and _cued(_PHONE_CUE, lower, match.start(), reach=16):
            yield Span(match.start(), match.end(), Kind.PHONE)


def _said_phones(lower: str) -> Iterator[Span]:
    """Yield "oh seven seven double oh 900123": the digits of a telephone number in words."""
    for match in _SAID_PHONE.finditer(lower):
        digits, end = 0, match.start()
        for word in _SAID_WORD.finditer(lower, match.start(), match.end()):
            said = digits + _count_digits(word[0])
            if said > 11:  # what comes after the number belongs to the sentence
                break
            digits, end = said, word.end()
        number = lower[match.start() : end]
        if digits >= 10 and not number.replace(" ", "").isdecimal():
            yield Span(match.start(), end, Kind.PHONE)


def _count_digits(word: str) -> int:
    """Return how many digits a word of a number is: "double oh" is two, "triple oh" three."""
    *before, digit = word.split(" ")
    more = 0 if not before else 1 if before == ["double"] else 2
    return more + (len(digit) if digit.isdecimal() else 1)


def _references(text: str, lower: str, helplines: frozenset[str]) -> Iterator[Span]:
    for match in _REFERENCE.finditer(text):
        if sum(sign.isdecimal() for sign in match[0]) >= 4:
            yield Span(match.start(), match.end(), Kind.ID_NUMBER)
    for pattern in (_SLASHED, _IDENTIFIER):
        for match in pattern.finditer(text):
            if not _looks_like_a_reference(match[0]) or digits_of(match[0]) in helplines:
                continue
            if _cued(_ID_CUE, lower, match.start(), reach=28):
                yield Span(match.start(), match.end(), Kind.ID_NUMBER)


def _looks_like_a_reference(found: str) -> bool:
    if _YEAR_ALONE.match(found) or _DATE.fullmatch(found):
        return False
    return sum(sign.isdecimal() for sign in found) >= 4 and len(found) >= 5


def _cued(cue: re.Pattern[str], lower: str, start: int, reach: int = _CUE_REACH) -> bool:
    return cue.search(lower, max(0, start - reach), start) is not None


def _spans(pattern: re.Pattern[str], text: str, kind: Kind) -> Iterator[Span]:
    for match in pattern.finditer(text):
        yield Span(match.start(), match.end(), kind)
