"""Try a draft as somebody who answers would meet it: no answer given here is ever stored."""

from uuid import UUID

from flask import Response as Reply
from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from surveys.engine import Survey, next_question, on_path_only
from surveys.fitting import Setting, fit
from voice.models import Draft
from voice.services import drafts
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.draft_found import get_draft
from voice.web.officers.draft_preview import preview_of
from voice.web.officers.draft_walk import Answers, all_ways, carry, read_carried, walked_so_far
from voice.web.public.asked import Sent, read_form, read_sent

_CHOSEN = ("variant", "language")


@blueprint.get("/drafts/<uuid:draft_id>/try")
@open_to(*EDITOR_ROLES)
def try_draft(draft_id: UUID) -> ResponseReturnValue:
    """Begin at the first question."""
    draft = get_draft(draft_id)
    return _draw(draft, _survey_of(draft), {})


@blueprint.post("/drafts/<uuid:draft_id>/try")
@open_to(*EDITOR_ROLES)
def go_on_trying(draft_id: UUID) -> ResponseReturnValue:
    """Take an answer, which goes to the next page and nowhere else."""
    draft = get_draft(draft_id)
    survey = _survey_of(draft)
    answers = read_carried(survey, request.form.get("so-far", "[]"))
    question = survey.question(request.form.get("asked", "")) if survey is not None else None
    sent = read_form(question, request.form) if question is not None else Sent(())
    if not PressForm().validate_on_submit():
        return _draw(draft, survey, answers, sent=sent, error=EXPIRED)
    if survey is None or question is None or "anew" in request.form:
        return _draw(draft, survey, {})
    if "back" in request.form:
        return _draw(draft, survey, dict(list(answers.items())[:-1]))
    chosen = Sent(()) if "skip" in request.form else sent
    given, error = read_sent(question, chosen, survey.audience)
    if given is None:
        return _draw(draft, survey, answers, sent=sent, error=error)
    return _draw(draft, survey, answers | {question.code: given})


def _survey_of(draft: Draft) -> Survey | None:
    """Return the draft as somebody in the chosen variant and language is asked it."""
    survey = drafts.check_draft(draft).reading.survey
    variant, language = (request.args.get(name, "") for name in _CHOSEN)
    setting = Setting(variant=variant, language=language)
    return fit(survey, setting) if survey is not None else None


def _draw(
    draft: Draft,
    survey: Survey | None,
    answers: Answers,
    *,
    sent: Sent | None = None,
    error: str | None = None,
) -> Reply:
    question = next_question(survey, answers) if survey is not None else None
    counted = on_path_only(survey, answers) if survey is not None else {}
    code = question.code if question is not None else ""
    preview = preview_of(survey, code, answers=counted, sent=sent, error=error)
    page = render_template(
        "officers/draft_try.html",
        draft=draft,
        survey=survey,
        preview=preview,
        question=question,
        so_far=carry(answers),
        chosen={name: request.args[name] for name in _CHOSEN if request.args.get(name)},
        walked=walked_so_far(survey, answers) if survey is not None else [],
        ways=all_ways(survey) if survey is not None else None,
        form=PressForm(formdata=None),
        errors=[(code, error)] if error else [],
    )
    return make_response(page, 422 if error else 200)
