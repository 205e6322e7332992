"""What makes a condition impossible to follow, said with its cure."""

from collections.abc import Collection, Iterator

from surveys.conditions import Compares, Condition, mentioned
from surveys.dates import read_date
from surveys.engine import Survey
from surveys.questions import AnyQuestion, Date, Grid, OneOf, Time
from surveys.times import read_time

_NUMBERS = frozenset({"number", "percent"})


def faults_in(
    condition: Condition, survey: Survey, *, before: Collection[str], here: str
) -> Iterator[str]:
    """Give a sentence for each fault of the simple condition of the question `here`.

    `before` are the codes of the questions that come earlier, and so may be looked at.
    """
    for code, value in mentioned(condition):
        asked = survey.question(code)
        if asked is None:
            yield f"ask_if looks at {code}, which is no question here; check its spelling"
        elif code == here and code not in before:
            yield f"ask_if looks at {code} itself, which is a loop; look at an earlier question"
        elif code not in before:
            yield f"ask_if looks at {code}, which is not before it; move {code} up, or look earlier"
        elif value is not None and not _offers(asked, value):
            yield f"ask_if looks at {code} = {value}, no such option"
    if isinstance(condition, Compares) and condition.question in before:
        compared = survey.question(condition.question)
        if compared is not None:
            yield from _bounds_that_clash(condition, compared)


def _offers(asked: AnyQuestion, value: str) -> bool:
    """Return whether it can be answered with `value`, as far as its options or rows say."""
    if isinstance(asked, Grid):
        return asked.has(value)
    return not isinstance(asked, OneOf) or asked.option(value) is not None


def _bounds_that_clash(condition: Compares, asked: AnyQuestion) -> Iterator[str]:
    for key, bound in condition.bounds.items():
        cure = _cure(asked, bound)
        if cure:
            yield f"ask_if compares {asked.code} with {key}: {bound}; {cure}"


def _cure(asked: AnyQuestion, bound: int | str) -> str:
    match asked:
        case Date(precision=precision):
            example = {"day": "2009-04-03", "month": "2009-04", "year": "2009"}[precision]
            fits = read_date(str(bound), precision) == str(bound)
            return "" if fits else f'write it like "{example}"'
        case Time():
            return "" if read_time(str(bound)) == str(bound) else 'write it like "15:30"'
        case _ if asked.kind in _NUMBERS:
            return "" if isinstance(bound, int) else "write a whole number, without quotation marks"
        case _:
            return "only a number, a date or a time can be compared"
