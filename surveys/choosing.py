"""How many options may be chosen, in words that every channel uses."""

from surveys.questions import Several


def how_many(question: Several) -> str:
    """Return what people are told to choose, such as "Choose up to 3"; empty without a limit."""
    fewest, most = question.fewest, question.most
    if fewest is None:
        return "" if most is None else f"Choose up to {most}"
    if most is None:
        return f"Choose at least {fewest}"
    return f"Choose {most}" if fewest == most else f"Choose {fewest} to {most}"
