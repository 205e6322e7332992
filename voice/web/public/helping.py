"""Answer with somebody: a worker types or holds the device, and whose words are whose is kept."""

from collections.abc import Mapping
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Consultation
from voice.services import assisting, consultations
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.beginning import begin_together
from voice.web.public.blueprint import blueprint
from voice.web.public.starting import get_consultation
from voice.web.public.visitors import page_setting, remember
from voice.web.public.ways import chosen_way, newcomers_survey, told, ways_in_order
from voice.web.session import now, settings

NO_ROLE = "Choose your role"


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
    worker = request.form.get("worker", "")
    if not form.validate_on_submit():
        return _draw(consultation, form, error=EXPIRED)
    if worker not in assisting.WORKERS:
        return _draw(consultation, form, error=NO_ROLE)
    consultations.check_help_is_there(consultation, settings().council)
    begun = begin_together(consultation, worker, form.press_key)
    return remember(redirect(url_for(".go_on", slug=slug)), slug, begun)


def _draw(
    consultation: Consultation, form: PressForm, *, error: str | None = None
) -> ResponseReturnValue:
    slug, survey, kept = consultation.slug, newcomers_survey(consultation), told()
    page = render_template(
        "public/help_somebody.html",
        form=form,
        options=list(assisting.WORKERS.items()),
        chosen=request.form.get("worker"),
        survey=survey,
        ways=ways_in_order(survey),
        way=chosen_way(survey),
        told=kept,
        language_address=lambda code: _here(slug, kept | {"language": code}),
        other_way=_here(slug, kept | {"way": ""}),
        is_open=consultation.is_open(now()),
        error=error,
        errors=[("worker", error)] if error else [],
        **page_setting(consultation, consultations.current_survey(consultation)),
    )
    return make_response(page, 422 if error else 200)


def _here(slug: str, kept: Mapping[str, Any]) -> str:
    """Return this page's address with what we were told of how to ask."""
    return url_for(".help_somebody", slug=slug, **{name: kept[name] for name in kept if kept[name]})
