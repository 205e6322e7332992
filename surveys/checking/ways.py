"""Every way through a survey: which questions people are asked, and which answers lead there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveys.answers import Answer
from surveys.checking.paths import answers_worth_trying
from surveys.conditions import mentioned
from surveys.engine import Survey

MAX_TRIES = 2_000
MAX_WAYS = 60


@dataclass(frozen=True, slots=True)
class Way:
    """Questions that some people are asked, by code, and answers for which that is so."""

    asked: tuple[str, ...]
    because: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways through a survey, longest first. `are_all` is False when there are too many."""

    found: tuple[Way, ...]
    are_all: bool


def ways_through(survey: Survey) -> Ways:
    """Return every way through a survey that its conditions can tell apart, within limits."""
    deciding = {code for each in survey.questions for code, _ in mentioned(each.ask_if)}
    found: dict[tuple[str, ...], Mapping[str, Answer]] = {}
    waiting: list[dict[str, Answer]] = [{}]
    tries = 0
    while waiting and tries < MAX_TRIES and len(found) < MAX_WAYS:
        tries += 1
        answers = waiting.pop()
        path = survey.path(answers)
        open_yet = (q for q in path if q.code in deciding and q.code not in answers)
        question = next(open_yet, None)
        if question is None:
            found.setdefault(tuple(each.code for each in path), answers)
            continue
        tried = [each for each in answers_worth_trying(survey, question) if each is not None]
        waiting += [{**answers, question.code: each} for each in reversed(tried)]
    ways = sorted(_ways(found), key=lambda way: -len(way.asked))
    return Ways(tuple(ways), are_all=not waiting)


def _ways(found: Mapping[tuple[str, ...], Mapping[str, Answer]]) -> Iterator[Way]:
    for asked, because in found.items():
        yield Way(asked, because)
