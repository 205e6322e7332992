"""A question whose answer asks for something: the answer opens a task, and is told back."""

from surveys.answers import Answer
from surveys.engine import Survey
from surveys.once import once_for_each
from surveys.question import OneOf, Question

REQUEST = "request"
MOST_SURVEYS = 512  # as they are asked in their ways and languages


def request_in(question: Question | None, answer: Answer) -> str:
    """Return what an answer asks for, in words; empty if it asks for nothing.

    An option that stands alone, such as "Nothing, thank you", asks for nothing.
    """
    if question is None or getattr(question, "opens", "") != REQUEST:
        return ""
    if not isinstance(question, OneOf):
        return answer.text.strip()
    chosen = [question.option(code) for code in answer.values]
    wanted = [each for each in chosen if each is not None and not each.exclusive]
    labels = [
        answer.other.strip() if each.specify and answer.other else each.label for each in wanted
    ]
    return "; ".join(labels)


@once_for_each(MOST_SURVEYS)
def opens_requests(survey: Survey) -> bool:
    """Return whether any question of a survey may open a task."""
    return any(getattr(each, "opens", "") == REQUEST for each in survey.questions)
