"""Questions that nobody reaches, that everybody reaches by mistake, or that nobody can answer."""

import re
from collections.abc import Iterator
from itertools import islice, product

from surveys.answers import Answer
from surveys.checking.findings import Finding, must, should
from surveys.checking.settings import find_unknown_settings
from surveys.conditions import Compares, Includes, Is, mentioned, simple_parts
from surveys.engine import Survey
from surveys.questions import AnyQuestion, Number, OneOf, Several

MAX_WAYS_TRIED = 5_000
_POINTS_BACK = re.compile(r"\b(?:these|those) \w+", re.IGNORECASE)
_GOES_ON = re.compile(r"\b(?:was|were) (?:it|they|these|those)\b", re.IGNORECASE)
_STARTS_WITH_IF = re.compile(r"^if (?:you|there|your|any)\b", re.IGNORECASE)
_WAY_OUT = re.compile(
    r"^(?:not applicable|does not apply|none|there are no|i (?:do not|don.t))", re.I
)


def check_paths(survey: Survey) -> Iterator[Finding]:
    """Find what is wrong with the way through a survey."""
    if not survey.path({}):
        yield must("", "nobody is asked anything; take `ask_if` off the first question")
    for question in survey.questions:
        if not _can_be_asked(survey, question):
            yield must(
                question.code, "can never be asked; no answers meet its `ask_if`, so mend that"
            )
        if isinstance(question, Number) and question.lowest > question.highest:
            yield must(question.code, "takes no number at all; make `lowest` the smaller one")
        yield from _asked_of_too_many(survey, question)
    yield from _points_back_at_nothing(survey)
    yield from _forks_that_may_be_skipped(survey)
    yield from find_unknown_settings(survey)


def _can_be_asked(survey: Survey, question: AnyQuestion) -> bool:
    """Say whether some answers lead there; also yes when there are too many ways to try."""
    if question.ask_if is None:
        return True
    before = _everything_behind(survey, question)
    shorter = survey.model_copy(update={"questions": (*before, question)})
    ways = product(*(list(answers_worth_trying(survey, each)) for each in before))
    tried = 0
    for way in islice(ways, MAX_WAYS_TRIED):
        tried += 1
        answers = {answer.question: answer for answer in way if answer}
        if question in shorter.path(answers):
            return True
    return tried == MAX_WAYS_TRIED


def _everything_behind(survey: Survey, question: AnyQuestion) -> list[AnyQuestion]:
    """Return the questions that decide whether this one is asked, in the survey's order."""
    waiting, behind = [question], set[str]()
    while waiting:
        for code, _ in mentioned(waiting.pop().ask_if):
            earlier = survey.question(code)
            if earlier is not None and code not in behind:
                behind.add(code)
                waiting.append(earlier)
    return [each for each in survey.questions if each.code in behind]


def answers_worth_trying(survey: Survey, question: AnyQuestion) -> Iterator[Answer | None]:
    """Give the answers that any condition could tell apart; None is no answer yet."""
    yield None
    if not question.required:
        yield Answer(question.code)
    if not isinstance(question, OneOf):
        yield from (
            Answer(question.code, (value,)) for value in _values_looked_for(survey, question)
        )
        return
    yield from (Answer(question.code, (option.code,)) for option in question.options)
    if isinstance(question, Several):
        together = tuple(option.code for option in question.options if not option.exclusive)
        if len(together) > 1:
            yield Answer(question.code, together)


def _values_looked_for(survey: Survey, question: AnyQuestion) -> set[str]:
    found: set[str] = set()
    for condition in (part for each in survey.questions for part in simple_parts(each.ask_if)):
        if isinstance(condition, Compares) and condition.question == question.code:
            found |= condition.worth_trying
        found |= {
            value or "anything" for code, value in mentioned(condition) if code == question.code
        }
    return found


def _asked_of_too_many(survey: Survey, question: AnyQuestion) -> Iterator[Finding]:
    """Find a question that begins with "If you …" and is asked of the same people as others are."""
    if not isinstance(question, OneOf) or not _STARTS_WITH_IF.search(question.text):
        return
    asked_alike = [each for each in survey.questions if each.ask_if == question.ask_if]
    if all(_STARTS_WITH_IF.search(each.text) for each in asked_alike):
        return
    if not any(_WAY_OUT.search(option.label) for option in question.options):
        yield should(
            question.code,
            "begins with “If”, is asked of everybody and has no answer for the others; "
            "add `ask_if`, or the option “Not applicable”",
        )


def _points_back_at_nothing(survey: Survey) -> Iterator[Finding]:
    """Find "these services" asked of people who have just ticked "None of the above"."""
    for before, question in zip(survey.questions, survey.questions[1:], strict=False):
        if question.ask_if is not None or not _POINTS_BACK.search(question.text):
            continue
        if not isinstance(before, Several):
            continue
        for option in before.options:
            if option.exclusive:
                yield should(
                    question.code,
                    f"is also asked of people who chose “{option.label}” in {before.code}; "
                    f"add ask_if: {{not: {{question: {before.code}, is: {option.code}}}}}",
                )
                yield from _goes_on_about_it(survey, question, before)


def _goes_on_about_it(
    survey: Survey, question: AnyQuestion, before: AnyQuestion
) -> Iterator[Finding]:
    """Find the question after it that asks on about what those people never had."""
    place = survey.questions.index(question) + 1
    for after in survey.questions[place : place + 1]:
        if after.ask_if is None and _GOES_ON.search(after.text):
            yield should(
                after.code,
                f"asks on about it, also of people for whom {before.code} does not apply; "
                f"give it the same ask_if",
            )


def _forks_that_may_be_skipped(survey: Survey) -> Iterator[Finding]:
    """Find a question whose every option opens something, so that a skip opens nothing."""
    looked_at: dict[str, set[str]] = {}
    for question in survey.questions:
        match question.ask_if:
            case Is(question=code, is_=value) | Includes(question=code, includes=value):
                looked_at.setdefault(code, set()).add(value)
    for question in survey.questions:
        if not isinstance(question, OneOf) or question.required:
            continue
        if {option.code for option in question.options} <= looked_at.get(question.code, set()):
            yield should(
                question.code,
                "decides the way for every answer, but may be skipped, and then nothing follows; "
                "add `required: true`",
            )
