"""An answer that is no choice, as it is read back to whoever gave it."""

from surveys.answers import Answer
from surveys.dates import date_in_words
from surveys.questions import AnyQuestion, Date


def words_of(question: AnyQuestion, answer: Answer) -> str:
    """Return the words typed, or what was understood by them; empty when skipped."""
    if isinstance(question, Date) and not answer.is_skipped:
        return date_in_words(answer.text)
    return answer.text
