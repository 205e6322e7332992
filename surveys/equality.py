"""Questions about who answers: what they may ask, so that what is said can be kept apart."""

from collections.abc import Iterator

from surveys.conditions import mentioned
from surveys.engine import Survey
from surveys.questions import AnyQuestion, Choice, OneOf, Scale, Several


def equality_faults(survey: Survey) -> Iterator[tuple[int, str]]:
    """Give (place of the question, what to mend) for what would join people to what they say."""
    apart = {question.code for question in survey.questions if question.equality}
    for place, question in enumerate(survey.questions):
        looks_at = {code for code, _ in mentioned(question.ask_if)}
        if question.equality:
            yield from ((place, fault) for fault in _faults(question))
            if looks_at - apart:
                yield place, "looks at an answer that is not kept apart; take ask_if away"
        elif looks_at & apart:
            yield place, "looks at an answer about who people are; those are kept apart"


def _faults(question: AnyQuestion) -> Iterator[str]:
    if question.required:
        yield "is about who people are, so it is always optional; take `required` away"
    if not isinstance(question, Choice | Several | Scale):
        yield "is about who people are, so only counts are kept: make it a choice or several"
    if isinstance(question, OneOf) and any(each.specify or each.worry for each in question.options):
        yield "is about who people are, so no words are kept; take `specify` and `worry` away"
