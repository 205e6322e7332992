"""A question that a chat asks in parts: one number after the other, tap by tap, row by row.

What was chosen so far is kept in the picks of the conversation's state.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.meant import choice_meant, number_typed, order_meant
from surveys.measured import both_in, find_percent
from surveys.measures import Grid, GridRow, Pair, Ranking, rating
from surveys.typed import plain

UNDO, LEAVE_OUT, DONE = "-undo", "-leave", "-done"  # no codes: a code begins with a letter
InParts = Pair | Ranking | Grid
IN_PARTS = (Pair, Ranking, Grid)
_SAY_LEAVE_OUT = "Leave this one out"
_SAY_DONE = frozenset({"done", "that's all", "finished"})


@dataclass(frozen=True, slots=True)
class Part:
    """What came of one part. `is_whole`: read the picks as the answer now.

    `is_same`: the same buttons stay, so the message is drawn again in place of itself.
    """

    picks: tuple[str, ...]
    is_whole: bool = False
    is_same: bool = False


def take_tap(question: InParts, picks: tuple[str, ...], value: str) -> Part | None:
    """Return what pressing this button leads to; None if it is no button of this question."""
    match question:
        case Ranking():
            return _rank(question, picks, value)
        case Grid():
            return _rate(question, picks, value)
        case Pair():
            return None


def take_words(
    question: InParts, picks: tuple[str, ...], text: str, language: str = "en"
) -> Part | None:
    """Return what typing these words leads to; None if they were not understood."""
    match question:
        case Ranking():
            return _rank_in_words(question, picks, text, language)
        case Grid():
            if plain(text) == plain(_SAY_LEAVE_OUT) and not question.required:
                return take_tap(question, picks, LEAVE_OUT)
            column = choice_meant(question.columns, text, language)
            return None if column is None else _rate(question, picks, column)
        case Pair():
            return _say_one_of_two(picks, text, language)


def without_last(picks: tuple[str, ...]) -> tuple[str, ...]:
    """Return what was chosen before the last part."""
    return picks[:-1]


def row_asked(question: Grid, picks: Sequence[str]) -> GridRow:
    """Return the row that is to be rated now."""
    return question.rows[min(len(picks), len(question.rows) - 1)]


def raw_of(question: InParts, picks: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts chosen so far as an answer is read from them; half a pair is none."""
    match question:
        case Grid():
            return tuple(pick for pick in picks if not pick.endswith("."))
        case Pair():
            return picks if len(picks) > 1 else ()
        case Ranking():
            return picks


def _rank(question: Ranking, picks: tuple[str, ...], value: str) -> Part | None:
    if value == DONE:
        return Part(picks, is_whole=True)
    if value == UNDO:
        return Part(without_last(picks), is_same=True)
    if question.option(value) is None:
        return None
    if value in picks:
        return Part(tuple(code for code in picks if code != value), is_same=True)
    is_full = len(picks) >= question.places
    return Part(picks if is_full else (*picks, value), is_same=True)


def _rank_in_words(
    question: Ranking, picks: tuple[str, ...], text: str, language: str
) -> Part | None:
    if plain(text) in _SAY_DONE:
        return Part(picks, is_whole=True)
    if plain(text) == "undo":
        return Part(without_last(picks))
    order = order_meant(question, text, language)
    if len(order) == 1:
        return _rank(question, picks, order[0])
    return Part(order, is_whole=True) if order else None


def _rate(question: Grid, picks: tuple[str, ...], column: str) -> Part | None:
    is_left_out = column == LEAVE_OUT and not question.required
    if not is_left_out and question.column(column) is None:
        return None
    row = row_asked(question, picks)
    chosen = (*picks, rating(row.code, "" if is_left_out else column))
    return Part(chosen, is_whole=len(chosen) >= len(question.rows))


def _say_one_of_two(picks: tuple[str, ...], text: str, language: str) -> Part | None:
    numbers = (number_typed(part, language) for part in both_in(text))
    parts = tuple(find_percent(each) or "" for each in numbers)
    if not all(parts):
        return None
    said = parts if len(parts) > 1 else (*picks, *parts)
    return Part(said, is_whole=len(said) > 1)
