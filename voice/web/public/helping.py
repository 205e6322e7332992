"""Answer with somebody: a worker types or holds the device, and whose words are whose is kept."""

from collections.abc import Mapping
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Consultation
from voice.services import assisting, conferences, consultations, worker_accounts
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.languages import plain_words
from voice.web.public.beginning import begin_together
from voice.web.public.blueprint import blueprint
from voice.web.public.starting import get_consultation
from voice.web.public.visitors import remember, setting_around
from voice.web.public.ways import chosen_way, newcomers_survey, speak_to_worker, told, ways_in_order
from voice.web.session import current_session, now, settings

NO_ROLE = "Choose your role"
NO_LINK = "This is not the link of a meeting here. Check each letter, or leave it empty"
NO_REFERENCE = f"Write up to {worker_accounts.MAX_REFERENCE_CHARS} characters, or leave it empty"


@blueprint.get("/consultations/<slug>/with-somebody")
@open_to(EVERYBODY)
def help_somebody(slug: str) -> ResponseReturnValue:
    """Say how to help, and ask in which role, in which way and in which language."""
    return _draw(get_consultation(slug), PressForm(formdata=None))


@blueprint.post("/consultations/<slug>/with-somebody")
@open_to(EVERYBODY)
def begin_with_somebody(slug: str) -> ResponseReturnValue:
    """Begin a response of somebody new, in the way they chose, and keep who helps them."""
    consultation, form = get_consultation(slug), PressForm()
    worker, reference = request.form.get("worker", ""), request.form.get("worker-reference", "")
    if not form.validate_on_submit():
        return _draw(consultation, form, errors={"worker": EXPIRED})
    if errors := _errors_in(consultation, worker, reference):
        return _draw(consultation, form, errors=errors)
    consultations.check_help_is_there(consultation, settings().council)
    speak_to_worker()
    begun = begin_together(consultation, worker, form.press_key)
    worker_accounts.note(current_session(), consultation, reference, secret=settings().secret_key)
    return remember(redirect(url_for(".go_on", slug=slug)), slug, begun)


def _errors_in(consultation: Consultation, worker: str, reference: str) -> dict[str, str]:
    """Return what is wrong with what a worker typed, by the field, in the order of the page."""
    wrong = {} if worker in assisting.WORKERS else {"worker": NO_ROLE}
    if len(reference) > worker_accounts.MAX_REFERENCE_CHARS:
        wrong["worker-reference"] = NO_REFERENCE
    code = conferences.code_in(request.form.get("meeting", ""))
    if code and not conferences.is_code_of(current_session(), consultation, code):
        wrong["meeting"] = NO_LINK
    return wrong


def _draw(
    consultation: Consultation, form: PressForm, *, errors: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    slug, survey, kept = consultation.slug, newcomers_survey(consultation), told()
    wrong = errors or {}
    mine = speak_to_worker()
    page = render_template(
        "public/help_somebody.html",
        form=form,
        options=[(code, plain_words(role)) for code, role in assisting.WORKERS.items()],
        chosen=request.form.get("worker"),
        survey=survey,
        ways=ways_in_order(survey),
        way=chosen_way(survey),
        told=kept,
        mine=mine,
        mine_address=lambda code: _here(slug, kept | {"mine": code}),
        language_address=lambda code: _here(slug, kept | {"language": code}),
        other_way=_here(slug, kept | {"way": ""}),
        is_open=consultation.is_open(now()),
        asks_meeting="meeting" in wrong or ("meeting" not in kept and _has_meetings(consultation)),
        meeting=kept.get("meeting", ""),
        reference=request.form.get("worker-reference", ""),
        wrong=wrong,
        errors=list(wrong.items()),
        **setting_around(consultation, survey),
    )
    return make_response(page, 422 if wrong else 200)


def _has_meetings(consultation: Consultation) -> bool:
    return conferences.has_any(current_session(), consultation)


def _here(slug: str, kept: Mapping[str, Any]) -> str:
    """Return this page's address with what we were told of how to ask."""
    return url_for(".help_somebody", slug=slug, **{name: kept[name] for name in kept if kept[name]})
