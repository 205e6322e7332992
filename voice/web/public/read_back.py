"""Answers as a page reads them back to whoever gave them."""

from surveys.answers import Answer
from surveys.measures import MEASURES
from surveys.piping import filled
from surveys.questions import AnyQuestion, CardSort, OneOf
from surveys.readback import lines_of, words_of
from voice.models import Response
from voice.services import responses
from voice.web.addresses import address_of_question
from voice.web.languages import plain_words

Row = tuple[str, str | list[str], str | None]


def rows_of(response: Response, *, editable: bool) -> list[Row]:
    """Return each question on the path with its answer in words and where to change it."""
    survey, answers = responses.survey_for(response), responses.answers_of(response)
    slug = response.consultation.slug
    rows: list[Row] = []
    for question in responses.questions_to_read_back(response, survey, answers):
        given = answers.get(question.code)
        words = in_words(question, given, survey.language) if given is not None else ""
        address = address_of_question(slug, question.code) if editable else None
        rows.append((filled(question, survey, answers).text, words, address))
    return rows


def as_text(response: Response, title: str) -> str:
    """Return a copy of the answers to take along, in the language of the page."""
    lines = [title, f"{plain_words('Your reference')}: {response.reference}", ""]
    for question, words, _ in rows_of(response, editable=False):
        shown = ", ".join(words) if isinstance(words, list) else words
        lines += [question, shown or f"({plain_words('Not answered')})", ""]
    return "\n".join(lines)


def in_words(question: AnyQuestion, answer: Answer, language: str = "en") -> str | list[str]:
    """Return an answer as people read it back: labels, or their own words."""
    if isinstance(question, CardSort):
        return question.in_words(answer.values)
    if isinstance(question, MEASURES):
        return lines_of(question, answer)
    if not isinstance(question, OneOf):
        return words_of(question, answer, language)
    labels = [option.on_screen for option in question.options if option.code in answer.values]
    if answer.other and labels:
        labels[-1] = f"{labels[-1]} {answer.other}"
    return labels
