"""How many options may be chosen, in words that every channel uses."""

from surveys.measures import Measure, Pair, Percent, Ranking
from surveys.questions import Several

CHOOSE_ONE = "Choose one"


def how_many(question: Several) -> str:
    """Return what people are told to choose, such as "Choose up to 3"; empty without a limit."""
    fewest, most = question.fewest, question.most
    if most == 1:
        return CHOOSE_ONE
    if fewest is None:
        return "" if most is None else f"Choose up to {most}"
    if most is None:
        return f"Choose at least {fewest}"
    return f"Choose {most}" if fewest == most else f"Choose {fewest} to {most}"


def how_to_measure(question: Measure) -> str:
    """Return what people are told to fill in on a page or on paper; nothing for a grid."""
    match question:
        case Percent() | Pair():
            return "Use whole numbers from 0 to 100."
        case Ranking(most=None):
            return "Write 1 beside the one that comes first, 2 beside the next, and so on."
        case Ranking(most=1):
            return "Write 1 beside the one that comes first."
        case Ranking(places=places):
            return f"Rank your top {places}: 1 beside the one that comes first, up to {places}."
        case _:
            return ""
