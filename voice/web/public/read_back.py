"""An answer as a page reads it back to whoever gave it."""

from surveys.answers import Answer
from surveys.measures import MEASURES
from surveys.questions import AnyQuestion, CardSort, OneOf
from surveys.readback import lines_of, words_of


def in_words(question: AnyQuestion, answer: Answer) -> str | list[str]:
    """Return an answer as people read it back: labels, or their own words."""
    if isinstance(question, CardSort):
        return question.in_words(answer.values)
    if isinstance(question, MEASURES):
        return lines_of(question, answer)
    if not isinstance(question, OneOf):
        return words_of(question, answer)
    labels = [option.label for option in question.options if option.code in answer.values]
    if answer.other and labels:
        labels[-1] = f"{labels[-1]} {answer.other}"
    return labels
