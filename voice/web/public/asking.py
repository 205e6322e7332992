"""One question on a page: ask it, keep its answer, go on to the next."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Reply

from surveys.answers import Answer
from surveys.engine import Survey, next_question, progress_at, question_before
from surveys.questions import AnyQuestion
from voice.errors import NotFoundError
from voice.models import Channel, Concern, Response
from voice.services import responses
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.asked import Sent, draw_question, other_name, read_sent
from voice.web.public.blueprint import blueprint
from voice.web.public.starting import get_consultation
from voice.web.public.visitors import find_response, page_setting, remember
from voice.web.session import current_session, now


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
    survey = responses.survey_for(response)
    question = _get_question(survey, code)
    if question not in survey.path(responses.answers_of(response)):
        return redirect(_next_address(response))
    row = response.answers.get(code)
    sent = Sent(tuple(row.values), row.other) if row is not None else None
    return _draw(response, question, sent, PressForm(formdata=None))


@blueprint.post("/consultations/<slug>/questions/<code>")
@open_to(EVERYBODY)
def answer(slug: str, code: str) -> ResponseReturnValue:
    """Keep the answer and go on; what cannot be taken comes back with the words in it."""
    consultation = get_consultation(slug)
    response = find_response(slug, to_change=True)
    begun = None
    if response is None:
        # The browser lost its key while the page was open: the words are worth more than that.
        begun = responses.start_response(current_session(), consultation, Channel.WEB, now=now())
        response = begun.response
    reply = _take(response, _get_question(responses.survey_for(response), code))
    return remember(reply, slug, begun) if begun is not None else reply


def _take(response: Response, question: AnyQuestion) -> Reply:
    survey = responses.survey_for(response)
    form = PressForm()
    sent = _read_form(question)
    given, error = read_sent(question, sent, survey.audience)
    if not form.validate_on_submit():
        return _draw(response, question, sent, form, error=EXPIRED, status=422)
    if given is None:
        return _draw(response, question, sent, form, error=error, status=422)
    session = current_session()
    raised: list[Concern] = []
    if response.submitted_at is None and responses.claim_press(
        session, response, form.press_key, now=now()
    ):
        raised = responses.record_answer(session, response, given, now=now())
    if raised:
        return redirect(url_for(".thank_for_telling", slug=response.consultation.slug))
    return redirect(_next_address(response))


def _read_form(question: AnyQuestion) -> Sent:
    if "skip" in request.form:
        return Sent(())
    values = tuple(request.form.getlist(question.code))
    return Sent(values, request.form.get(other_name(question), ""))


def _draw(
    response: Response,
    question: AnyQuestion,
    sent: Sent | None,
    form: PressForm,
    *,
    error: str | None = None,
    status: int = 200,
) -> Reply:
    survey = responses.survey_for(response)
    answers = responses.answers_of(response)
    before = question_before(survey, answers, question.code)
    slug = response.consultation.slug
    start = url_for(".start", slug=slug)
    page = render_template(
        "public/ask.html",
        asked=draw_question(question, sent, error=error),
        question=question,
        form=form,
        errors=[(question.code, error)] if error else [],
        progress=progress_at(survey, answers, question.code),
        back=url_for(".ask", slug=slug, code=before.code) if before else start,
        first_words=_is_first_free_text(survey, answers, question),
        survey=survey,
        **page_setting(response.consultation, survey.audience.value),
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
