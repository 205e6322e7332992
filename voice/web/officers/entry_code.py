"""The personal code on a paper, typed in with it: read as on the page, and never drawn again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.engine import Survey
from voice.errors import CodeRefusedError
from voice.services import joining

# No question's code has a hyphen, so neither is ever the name of a question.
CODE = "their-code"
SIDE = "their-side"
REFUSALS = {
    "code": (
        CODE,
        "This is not one of our codes. Check each letter on the paper, or leave it empty: the "
        "answers are kept all the same",
    ),
    "side": (SIDE, "Choose whose paper this is, or leave the code empty"),
}


@dataclass(frozen=True, slots=True)
class TypedCode:
    """A code as it was typed, what is stored of it, and what is wrong by the field to mend."""

    typed: str = ""
    chosen: str = ""
    joined_hash: str | None = None
    side: str = ""
    errors: dict[str, str] = field(default_factory=dict)


def read_code(survey: Survey, form: Mapping[str, str], *, secret: str) -> TypedCode:
    """Return the code on a paper; without one nothing is joined, and nothing is wrong."""
    typed, chosen = form.get(CODE, "").strip(), form.get(SIDE, "")
    if not typed or survey.joins is None:
        return TypedCode(typed, chosen)
    try:
        joined_hash, side = joining.read_code(survey, typed, side=chosen, secret=secret)
    except CodeRefusedError as refused:
        where, words = REFUSALS[str(refused)]
        return TypedCode(typed, chosen, errors={where: words})
    return TypedCode(typed, chosen, joined_hash, side)
