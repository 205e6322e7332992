"""An answer that is no choice, as it is read back to whoever gave it."""

from surveys.answers import Answer
from surveys.dates import date_in_words
from surveys.questions import AnyQuestion, CardSort, Date, Time
from surveys.times import time_in_words


def words_of(question: AnyQuestion, answer: Answer) -> str:
    """Return the words typed, or what was understood by them; empty when skipped."""
    if answer.is_skipped:
        return ""
    match question:
        case CardSort():
            return "\n".join(question.in_words(answer.values))
        case Date():
            return date_in_words(answer.text)
        case Time():
            return time_in_words(answer.text)
        case _:
            return answer.text
