"""Answer with somebody: a worker types or holds the device, and whose words are whose is kept."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Consultation
from voice.services import assisting, consultations, links
from voice.services.assisting import WORKERS
from voice.services.consultations import current_survey
from voice.web.access import EVERYBODY, open_to
from voice.web.devices import find_door
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.blueprint import blueprint
from voice.web.public.starting import get_consultation
from voice.web.public.visitors import first_key, page_setting, remember
from voice.web.session import current_session, now, settings

NO_ROLE = "Choose your role"


@blueprint.get("/consultations/<slug>/with-somebody")
@open_to(EVERYBODY)
def help_somebody(slug: str) -> ResponseReturnValue:
    """Say how to help, and ask in which role."""
    return _draw(get_consultation(slug), PressForm(formdata=None))


@blueprint.post("/consultations/<slug>/with-somebody")
@open_to(EVERYBODY)
def begin_with_somebody(slug: str) -> ResponseReturnValue:
    """Begin a response of somebody new, and remember in which role they are helped."""
    consultation, form = get_consultation(slug), PressForm()
    worker = request.form.get("worker", "")
    if not form.validate_on_submit():
        return _draw(consultation, form, error=EXPIRED)
    if worker not in WORKERS:
        return _draw(consultation, form, error=NO_ROLE)
    consultations.check_help_is_there(consultation, settings().council)
    begun = assisting.begin_with_help(
        current_session(),
        consultation,
        worker,
        press_key=form.press_key,
        key=first_key(form.press_key),
        now=now(),
    )
    links.enter(begun.response, find_door(slug))
    return remember(redirect(url_for(".go_on", slug=slug)), slug, begun)


def _draw(
    consultation: Consultation, form: PressForm, *, error: str | None = None
) -> ResponseReturnValue:
    page = render_template(
        "public/help_somebody.html",
        form=form,
        options=list(WORKERS.items()),
        chosen=request.form.get("worker"),
        is_open=consultation.is_open(now()),
        error=error,
        errors=[("worker", error)] if error else [],
        **page_setting(consultation, current_survey(consultation)),
    )
    return make_response(page, 422 if error else 200)
