"""Sets of options that come with the service: `options: agreement` instead of five lines.

The order is that of the best known surveys of the public sector: the most favourable first.
"""

from typing import Any

_SETS = {
    "agreement": (
        ("strongly_agree", "Strongly agree"),
        ("agree", "Agree"),
        ("neither", "Neither agree nor disagree"),
        ("disagree", "Disagree"),
        ("strongly_disagree", "Strongly disagree"),
    ),
    "satisfaction": (
        ("very_satisfied", "Very satisfied"),
        ("satisfied", "Satisfied"),
        ("neither", "Neither satisfied nor dissatisfied"),
        ("dissatisfied", "Dissatisfied"),
        ("very_dissatisfied", "Very dissatisfied"),
    ),
}
READY_MADE = tuple(_SETS)


def options_called(options: Any) -> Any:
    """Return the options of the set with this name, or what was given where it is no name.

    Raises:
        ValueError: if there is no set with this name.
    """
    if not isinstance(options, str):
        return options
    return [{"code": code, "label": label} for code, label in _get_set(options)]


def columns_called(columns: Any) -> Any:
    """Return a set as the columns of a grid: the most favourable first, with the highest score.

    Raises:
        ValueError: if there is no set with this name.
    """
    if not isinstance(columns, str):
        return columns
    found = _get_set(columns)
    return [
        {"code": code, "label": label, "score": len(found) - place}
        for place, (code, label) in enumerate(found)
    ]


def _get_set(name: str) -> tuple[tuple[str, str], ...]:
    if name not in _SETS:
        raise ValueError(f"there is no set of options called {name}; there are {READY_MADE}")
    return _SETS[name]
