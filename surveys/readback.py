"""An answer that is no choice, as it is read back to whoever gave it."""

from surveys.answers import Answer
from surveys.catalogue import say
from surveys.dates import date_in_words
from surveys.measures import MEASURES, Grid, Measure, Pair, Percent, Ranking
from surveys.questions import AnyQuestion, CardSort, Date, MediaQuestion, Time
from surveys.times import time_in_words


def lines_of(question: Measure, answer: Answer) -> list[str]:
    """Return a measure as it is read back, a line for each part; none when skipped."""
    match question:
        case Percent():
            return [f"{value}%" for value in answer.values]
        case Pair(labels=labels):
            both = zip(labels.values(), answer.values, strict=False)
            return [f"{label}: {value}%" for label, value in both]
        case Ranking():
            return question.in_order(answer.values)
        case Grid():
            return question.in_lines(answer.values)


def words_of(question: AnyQuestion, answer: Answer, language: str = "en") -> str:
    """Return the words typed, or what was understood by them, in a language; empty when skipped."""
    if answer.is_skipped:
        return ""
    if isinstance(question, MEASURES):
        return "\n".join(lines_of(question, answer))
    match question:
        case CardSort():
            return "\n".join(question.in_words(answer.values))
        case MediaQuestion():
            number = len(answer.values)
            sent = say(language, f"You sent {question.called}")
            sent = say(language, "You sent {number} files", number=number) if number > 1 else sent
            return f"{sent}: {answer.other}" if answer.other else sent
        case Date():
            return date_in_words(answer.text, language)
        case Time():
            return time_in_words(answer.text, language)
        case _:
            return answer.text
