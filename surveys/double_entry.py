"""One paper typed in by two people: where they differ, and the answers that a person chose."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from surveys.answers import Answer
from surveys.conditions import is_met
from surveys.engine import Survey
from surveys.questions import AnyQuestion, MediaQuestion

Answers = Mapping[str, Answer]
_ONE_APOSTROPHE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


@dataclass(frozen=True, slots=True)
class Difference:
    """A question to which the same paper was typed in two ways; None: nothing stands there."""

    question: AnyQuestion
    first: Answer | None
    second: Answer | None


@dataclass(frozen=True, slots=True)
class Settled:
    """The answers that were chosen, and the required questions that they leave unanswered."""

    answers: dict[str, Answer]
    missing: tuple[str, ...]


def typed_twice(survey: Survey) -> tuple[AnyQuestion, ...]:
    """Return the questions that a second person types again.

    Not who people are, which is in the tallies by then, and no files, which nobody types.
    """
    return tuple(
        each
        for each in survey.questions
        if each.takes_answer and not each.equality and not isinstance(each, MediaQuestion)
    )


def compare_entries(survey: Survey, first: Answers, second: Answers) -> tuple[Difference, ...]:
    """Return where two people read the same paper differently, in the order of the paper.

    How words are spaced and which apostrophes they have is no difference.
    """
    return tuple(
        Difference(each, first.get(each.code), second.get(each.code))
        for each in typed_twice(survey)
        if _gist(first.get(each.code)) != _gist(second.get(each.code))
    )


def settle(survey: Survey, first: Answers, second: Answers, chosen: Collection[str]) -> Settled:
    """Return the first person's answers with the second's in place of those `chosen`.

    As on every sheet, what was left empty is skipped if these answers lead to it.
    """
    answers = dict(_chosen(survey, first, second, chosen))
    settled: dict[str, Answer] = {}
    heard: dict[str, Answer] = {}
    missing = []
    for question in survey.questions:
        if not question.takes_answer:
            continue
        is_asked = question.ask_if is None or is_met(question.ask_if, heard)
        given = answers.get(question.code, Answer(question.code))
        if given.is_skipped and question.required and is_asked:
            missing.append(question.code)
        if is_asked or not given.is_skipped:
            settled[question.code] = given
        if is_asked:
            heard[question.code] = given
    again = {each.code for each in typed_twice(survey)}
    return Settled({code: settled[code] for code in settled if code in again}, tuple(missing))


def _chosen(
    survey: Survey, first: Answers, second: Answers, chosen: Collection[str]
) -> Iterator[tuple[str, Answer]]:
    for question in survey.questions:
        answer = (second if question.code in chosen else first).get(question.code)
        if answer is not None:
            yield question.code, answer


def _gist(answer: Answer | None) -> tuple[str, ...]:
    """Return what counts of an answer; nothing, where nothing stands."""
    if answer is None or answer.is_skipped:
        return ()
    words = (*answer.values, answer.other)
    return tuple(" ".join(each.translate(_ONE_APOSTROPHE).split()) for each in words)
