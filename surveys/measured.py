"""Raw words in, a measure out: per cents, an order, ratings."""

import re
from collections.abc import Sequence

from surveys.measures import Grid, Measure, Pair, Percent, Ranking, rating
from surveys.refusals import AnswerRefusedError, Refusal

HIGHEST_PERCENT = 100
# As people write it: 80, with the sign or with the words "percent" or "per cent" after it.
_PERCENT = re.compile(r"\+?([0-9]{1,3})\s*(?:%|％|per\s?cent)?\.?")
# What stands between the two of a pair, such as "40 85", "40, 85" or "from 40 to 85".
_BETWEEN = re.compile(r"[\s,;/–—>→-]+(?:(?:to|and|then|now)\s+)?")
_PLACED = re.compile(r"([0-9]{1,3})\.(.+)")  # "2.bus": an option with its place


def read_measure(question: Measure, given: Sequence[str]) -> tuple[str, ...]:
    """Return the values of an answer: never none, for blanks were taken out of `given` before.

    A pair is two texts, or one that holds both. A ranking is codes in order, or each code with its
    place before it ("2.bus"). A grid is "row.column" for each row.

    Raises:
        AnswerRefusedError: if it is no answer to `question`.
    """
    match question:
        case Percent():
            return (_read_percent(question, given[0]),)
        case Pair():
            return _read_pair(question, given)
        case Ranking():
            return _read_order(question, given)
        case Grid():
            return _read_ratings(question, given)


def find_percent(text: str) -> str | None:
    """Return the whole per cent that these words say, 0 to 100; None if they say none."""
    found = _PERCENT.fullmatch(text.strip().casefold())
    if found is None or int(found[1]) > HIGHEST_PERCENT:
        return None
    return str(int(found[1]))


def both_in(text: str) -> tuple[str, ...]:
    """Return the parts of a text that says both of a pair; the text alone if it does not."""
    said = text.strip().casefold().removeprefix("from ")
    parts = tuple(part for part in _BETWEEN.split(re.sub(r"\s*(%|per\s?cent)", "%", said)) if part)
    return parts if len(parts) == 2 else (text,)


def shared_place(question: Ranking, given: Sequence[str]) -> tuple[str, ...]:
    """Return the labels of the first options that were given one place; none if all differ."""
    placed = _placed(given)
    labels = {option.code: option.label for option in question.options}
    for place in sorted({place for place, _ in placed}):
        together = [labels[code] for at, code in placed if at == place and code in labels]
        if len(together) > 1:
            return tuple(together)
    return ()


def empty_place(given: Sequence[str]) -> int:
    """Return the first place that was given to nothing though a later one was."""
    taken = {place for place, _ in _placed(given)}
    return next(place for place in range(1, len(taken) + 2) if place not in taken)


def rows_left(question: Grid, given: Sequence[str]) -> tuple[str, ...]:
    """Return the labels of the rows that were not rated."""
    rated = question.rated(given)
    return tuple(row.label for row in question.rows if row.code not in rated)


def _read_percent(question: Percent | Pair, text: str) -> str:
    found = find_percent(text)
    if found is None:
        raise AnswerRefusedError(question.code, Refusal.NOT_A_PERCENT)
    return found


def _read_pair(question: Pair, given: Sequence[str]) -> tuple[str, ...]:
    parts = both_in(given[0]) if len(given) == 1 else tuple(given)
    found = tuple(_read_percent(question, part) for part in parts)
    if len(found) != 2:
        raise AnswerRefusedError(question.code, Refusal.ONE_OF_TWO)
    return found


def _placed(given: Sequence[str]) -> list[tuple[int, str]]:
    """Return each option with its place: the one written before it, or that in the order."""
    placed = []
    for place, each in enumerate(given, start=1):
        found = _PLACED.fullmatch(each)
        placed.append((int(found[1]), found[2]) if found else (place, each))
    return placed


def _read_order(question: Ranking, given: Sequence[str]) -> tuple[str, ...]:
    placed = sorted(_placed(given))
    codes = [code for _, code in placed]
    if any(question.option(code) is None for code in codes) or len(set(codes)) < len(codes):
        raise AnswerRefusedError(question.code, Refusal.NOT_AN_OPTION)
    if shared_place(question, given):
        raise AnswerRefusedError(question.code, Refusal.SAME_PLACE)
    if len(codes) > question.places:
        raise AnswerRefusedError(question.code, Refusal.TOO_MANY)
    if [place for place, _ in placed] != list(range(1, len(placed) + 1)):
        raise AnswerRefusedError(question.code, Refusal.EMPTY_PLACE)
    return tuple(codes)


def _read_ratings(question: Grid, given: Sequence[str]) -> tuple[str, ...]:
    rated = question.rated(given)
    if not all(question.has(each) for each in given):
        raise AnswerRefusedError(question.code, Refusal.NOT_AN_OPTION)
    if len(set(given)) > len(rated):
        raise AnswerRefusedError(question.code, Refusal.ONLY_ONE)
    if question.required and rows_left(question, given):
        raise AnswerRefusedError(question.code, Refusal.ROWS_LEFT)
    return tuple(rating(row, column) for row, column in rated.items())
