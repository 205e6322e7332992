"""One question on a page: ask it, keep its answer, go on to the next."""

from dataclasses import dataclass, field

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Reply

from surveys.answers import Answer, storable
from surveys.engine import Survey, next_question, progress_at, question_before
from surveys.questions import AnyQuestion
from voice.errors import ConsultationClosedError, NotFoundError
from voice.models import Channel, Consultation, Response
from voice.services import responses
from voice.services.consultations import current_survey
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.asked import Sent, draw_question, other_name, read_sent
from voice.web.public.blueprint import blueprint
from voice.web.public.starting import get_consultation
from voice.web.public.visitors import find_response, page_setting, remember
from voice.web.session import current_session, now


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a survey, and what this browser has answered before."""

    consultation: Consultation
    survey: Survey
    question: AnyQuestion
    answers: dict[str, Answer] = field(default_factory=dict)


@blueprint.get("/consultations/<slug>/questions")
@open_to(EVERYBODY)
def go_on(slug: str) -> ResponseReturnValue:
    """Go to the first question without an answer, or to the check of all answers."""
    response = find_response(slug)
    if response is None:
        return redirect(url_for(".start", slug=slug))
    return redirect(_next_address(response))


@blueprint.get("/consultations/<slug>/questions/<code>")
@open_to(EVERYBODY)
def ask(slug: str, code: str) -> ResponseReturnValue:
    """Ask one question, with the answer given before."""
    response = find_response(slug)
    if response is None:
        return redirect(url_for(".start", slug=slug))
    if response.submitted_at is not None:
        return redirect(url_for(".sent", slug=slug))
    asked = _asked_of(response, code)
    if asked.question not in asked.survey.path(asked.answers):
        return redirect(_next_address(response))
    given = asked.answers.get(code)
    sent = Sent(given.values, given.other) if given is not None else None
    return _draw(asked, sent, PressForm(formdata=None))


@blueprint.post("/consultations/<slug>/questions/<code>")
@open_to(EVERYBODY)
def answer(slug: str, code: str) -> ResponseReturnValue:
    """Keep the answer and go on; what cannot be taken comes back with the words in it."""
    consultation = get_consultation(slug)
    response = find_response(slug, to_change=True)
    asked = _asked_of(response, code) if response else _asked_anew(consultation, code)
    form = PressForm()
    sent = _read_form(asked.question)
    given, error = read_sent(
        asked.question, Sent(()) if "skip" in request.form else sent, asked.survey.audience
    )
    if not form.validate_on_submit():
        return _draw(asked, sent, form, error=EXPIRED, status=422)
    if given is None:
        return _draw(asked, sent, form, error=error, status=422)
    if response is not None:
        return _keep(response, given)
    return _keep_anew(consultation, given, sent)


def _keep(response: Response, given: Answer) -> Reply:
    """Keep the answer in place of any before it; the same page sent twice is one answer (REL-2)."""
    if response.submitted_at is None and responses.record_answer(
        current_session(), response, given, now=now()
    ):
        return redirect(url_for(".thank_for_telling", slug=response.consultation.slug))
    return redirect(_next_address(response))


def _keep_anew(consultation: Consultation, given: Answer, sent: Sent) -> Reply:
    """Keep the answer of a browser that lost its key while the page was open."""
    try:
        begun = responses.start_response(current_session(), consultation, Channel.WEB, now=now())
    except ConsultationClosedError:
        words = "\n".join(each for each in (*sent.values, sent.other) if each.strip())
        return make_response(render_template("errors/closed.html", words=words), 410)
    return remember(_keep(begun.response, given), consultation.slug, begun)


def _asked_of(response: Response, code: str) -> Asked:
    survey = responses.survey_for(response)
    question = _get_question(survey, code)
    return Asked(response.consultation, survey, question, responses.answers_of(response))


def _asked_anew(consultation: Consultation, code: str) -> Asked:
    survey = current_survey(consultation)
    return Asked(consultation, survey, _get_question(survey, code))


def _read_form(question: AnyQuestion) -> Sent:
    values = tuple(storable(each) for each in request.form.getlist(question.code))
    return Sent(values, storable(request.form.get(other_name(question), "")))


def _draw(
    asked: Asked, sent: Sent | None, form: PressForm, *, error: str | None = None, status: int = 200
) -> Reply:
    survey, question = asked.survey, asked.question
    before = question_before(survey, asked.answers, question.code)
    slug = asked.consultation.slug
    start = url_for(".start", slug=slug)
    page = render_template(
        "public/ask.html",
        asked=draw_question(question, sent, error=error),
        question=question,
        form=form,
        errors=[(question.code, error)] if error else [],
        progress=progress_at(survey, asked.answers, question.code),
        back=url_for(".ask", slug=slug, code=before.code) if before else start,
        first_words=_is_first_free_text(survey, asked.answers, question),
        survey=survey,
        **page_setting(asked.consultation, survey.audience.value),
    )
    return make_response(page, status)


def _is_first_free_text(survey: Survey, answers: dict[str, Answer], question: AnyQuestion) -> bool:
    words = [each for each in survey.path(answers) if each.kind == "free_text"]
    return bool(words) and words[0].code == question.code


def _get_question(survey: Survey, code: str) -> AnyQuestion:
    question = survey.question(code)
    if question is None:
        raise NotFoundError("question")
    return question


def _next_address(response: Response) -> str:
    slug = response.consultation.slug
    if response.submitted_at is not None:
        return url_for(".sent", slug=slug)
    question = next_question(responses.survey_for(response), responses.answers_of(response))
    if question is None:
        return url_for(".check", slug=slug)
    return url_for(".ask", slug=slug, code=question.code)
