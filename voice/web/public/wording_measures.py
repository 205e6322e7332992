"""What the pages say when a measure is not taken: which fields are in each other's way."""

from collections.abc import Sequence

from surveys.measured import empty_place, rows_left, shared_place
from surveys.measures import Grid, Measure, Pair, Ranking
from surveys.refusals import Refusal


def measure_refused(refusal: Refusal, question: Measure, given: Sequence[str]) -> str:
    """Say what is wrong and what to do about it; nothing where the words for all kinds will do."""
    match refusal, question:
        case Refusal.NOT_A_PERCENT, _:
            return "Enter a whole number from 0 to 100, like 60"
        case Refusal.ONE_OF_TWO, Pair():
            return f"Enter both numbers, {_both(question)}, or leave both empty"
        case Refusal.SAME_PLACE, Ranking():
            together = " and ".join(f"‘{each}’" for each in shared_place(question, given))
            return f"{together} have the same place. Give each a place of its own"
        case Refusal.EMPTY_PLACE, Ranking():
            return f"Nothing has place {empty_place(given)}. Leave no place out"
        case Refusal.TOO_MANY, Ranking():
            return f"Rank no more than {question.places}"
        case Refusal.MISSING | Refusal.ROWS_LEFT, _:
            return _missing(question, given)
        case _:
            return ""


def _missing(question: Measure, given: Sequence[str]) -> str:
    match question:
        case Grid():
            return f"Choose an answer for {_first_of(rows_left(question, given))}"
        case Ranking():
            return "Give place 1 to one of these to go on"
        case _:
            return "Enter a number from 0 to 100 to go on"


def _both(question: Pair) -> str:
    return " and ".join(f"‘{each}’" for each in question.labels.values())


def _first_of(labels: Sequence[str]) -> str:
    others = f" and {len(labels) - 1} more" if len(labels) > 1 else ""
    return f"‘{labels[0]}’{others}"
