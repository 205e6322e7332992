"""The page of one question: which it is, with which answers, and where one goes next."""

from dataclasses import dataclass, field

from flask import make_response, render_template, url_for
from werkzeug.wrappers import Response as Reply

from surveys.answers import Answer
from surveys.engine import Survey, next_question, progress_at, question_before
from surveys.questions import AnyQuestion, FreeText
from voice.errors import NotFoundError
from voice.models import Consultation, Response
from voice.services import assisting, responses
from voice.web.forms import PressForm
from voice.web.public.asked import Sent, draw_question
from voice.web.public.visitors import page_setting
from voice.web.public.ways import newcomers_survey

_TEMPLATES = {"symbols": "public/ask_symbols.html"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a survey, and what this browser has answered before."""

    consultation: Consultation
    survey: Survey
    question: AnyQuestion
    answers: dict[str, Answer] = field(default_factory=dict)
    helped: assisting.Helped | None = None  # what a worker who helps says of it; None without one

    @property
    def is_on_path(self) -> bool:
        """Whether somebody with these answers is asked it."""
        return self.question in self.survey.path(self.answers)

    @property
    def is_first_free_text(self) -> bool:
        """Whether it is the first that asks for words, where we say who reads them (PRI-4)."""
        path = self.survey.path(self.answers)
        return next((each for each in path if isinstance(each, FreeText)), None) == self.question

    @property
    def given(self) -> Sent | None:
        """What was answered before, as the page sent it."""
        before = self.answers.get(self.question.code)
        return Sent(before.values, before.other) if before is not None else None


def get_asked(consultation: Consultation, response: Response | None, code: str) -> Asked:
    """Return the question with this code, as worded when the response began, or as worded now.

    Raises:
        NotFoundError: if the survey asks no such question.
    """
    if response is None:
        survey, answers = newcomers_survey(consultation), {}
    else:
        survey, answers = responses.survey_for(response), responses.answers_of(response)
    question = survey.question(code)
    if question is None:
        raise NotFoundError("question")
    helped = assisting.helped_with(response, question) if response is not None else None
    return Asked(consultation, survey, question, answers, helped)


def draw(
    asked: Asked, sent: Sent | None, form: PressForm, *, error: str | None = None, status: int = 200
) -> Reply:
    """Return the question's page, with what was sent in it and what is wrong with that."""
    survey, question, slug = asked.survey, asked.question, asked.consultation.slug
    before = question_before(survey, asked.answers, question.code)
    start = url_for(".start", slug=slug)
    page = render_template(
        _TEMPLATES.get(survey.presentation, "public/ask.html"),
        asked=draw_question(question, sent, error=error) | {"helped": asked.helped},
        question=question,
        form=form,
        errors=[(question.code, error)] if error else [],
        progress=progress_at(survey, asked.answers, question.code),
        back=url_for(".ask", slug=slug, code=before.code) if before else start,
        first_words=asked.is_first_free_text,
        survey=survey,
        **page_setting(asked.consultation, survey),
    )
    return make_response(page, status)


def next_address(response: Response) -> str:
    """Return where to go on: the first question without an answer, the check, or the receipt."""
    slug = response.consultation.slug
    if response.submitted_at is not None:
        return url_for(".sent", slug=slug)
    question = next_question(responses.survey_for(response), responses.answers_of(response))
    if question is None:
        return url_for(".check", slug=slug)
    return url_for(".ask", slug=slug, code=question.code)
