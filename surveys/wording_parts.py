"""What the chat says where a question is asked in parts."""

from collections.abc import Sequence

from surveys.measures import Grid, Pair, Ranking
from surveys.parts import InParts, row_asked
from surveys.refusals import Refusal
from surveys.wording import NOT_UNDERSTOOD, REFUSED, SKIPPED

UNDO = "Undo"
LEAVE_OUT = "Leave this one out"
_PLACES = {1: "1st", 2: "2nd", 3: "3rd"}


def place(number: int) -> str:
    """Say a place in an order, such as "2nd"."""
    return _PLACES.get(number, f"{number}th")


def how_to_answer(question: InParts, picks: Sequence[str]) -> str:
    """Say which part is asked now, and how it is answered."""
    match question:
        case Grid():
            return _row(question, picks)
        case Pair():
            return _one_of_two(question, picks)
        case Ranking():
            return _order(question, picks)


def part_said(question: InParts, picks: Sequence[str]) -> str:
    """Repeat what the last part was answered with, in place of its buttons."""
    said = "".join(question.in_lines(picks[-1:])) if isinstance(question, Grid) else ""
    return f"{question.text}\n\n✔️ {said or SKIPPED}"


def not_understood(question: InParts) -> str:
    """Say that the words typed are no part of an answer, and what to type."""
    return REFUSED[Refusal.NOT_A_PERCENT] if isinstance(question, Pair) else NOT_UNDERSTOOD


def _row(question: Grid, picks: Sequence[str]) -> str:
    row = row_asked(question, picks)
    number = question.rows.index(row) + 1
    label = f"{row.symbol} {row.label}".strip()
    return f"{number} of {len(question.rows)}: {label}"


def _one_of_two(question: Pair, picks: Sequence[str]) -> str:
    label = question.end if picks else question.start
    both = "" if picks else " Or both at once, like: 40 85"
    return f"{label}: type a number from 0 to 100.{both}"


def _order(question: Ranking, picks: Sequence[str]) -> str:
    how_many = f"the {question.places} that matter most" if question.most else "them"
    if len(picks) >= question.places:
        return "Is this your order? Press Done, or Undo to change it."
    return f"Press {how_many} in order, the first one first. Then press Done."
