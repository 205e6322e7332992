"""A device that many people use, one after the other: thank, stop, and begin anew."""

from flask import Response as Reply
from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from voice.models import Channel, Consultation, Response
from voice.services import responses
from voice.web.access import EVERYBODY, open_to
from voice.web.devices import THANKS_SECONDS, find_kiosk
from voice.web.forms import Press
from voice.web.languages import choose_language
from voice.web.public.asked_for import asked_for
from voice.web.public.blueprint import blueprint
from voice.web.public.visitors import find_response, let_go_of_person, page_setting
from voice.web.public.ways import newcomers_survey, told, ways_offered
from voice.web.session import now


def welcome_on_kiosk(consultation: Consultation) -> Reply | None:
    """Return where a kiosk begins: big buttons to press, and nothing of anybody before.

    None on an ordinary device.
    """
    if find_kiosk() is None:
        return None
    choose_language("")
    survey = newcomers_survey(consultation)
    page = render_template(
        "public/kiosk.html",
        language_address=lambda code: url_for(
            ".start", slug=consultation.slug, **(told() | {"language": code})
        ),
        form=Press(blank=True),
        survey=survey,
        is_open=consultation.is_open(now()),
        **ways_offered(survey),
        **page_setting(consultation, survey),
    )
    return let_go_of_person(make_response(page), consultation.slug)


def thank_and_forget(response: Response) -> Reply | None:
    """Thank whoever has sent their answers in, and let the device forget them at once.

    None on a device that is theirs alone.
    """
    slug, kiosk = response.consultation.slug, find_kiosk()
    if kiosk is None and not response.channel.is_shared:
        return None
    survey = responses.survey_for(response)
    page = render_template(
        "public/sent_here.html",
        response=response,
        survey=survey,
        is_assisted=response.channel is Channel.ASSISTED,
        **asked_for(response),
        **page_setting(response.consultation, survey),
    )
    reply = let_go_of_person(make_response(page), slug)
    if kiosk is not None:
        reply.headers["Refresh"] = f"{THANKS_SECONDS}; url={kiosk.start}"
    return reply


@blueprint.get("/consultations/<slug>/stop")
@open_to(EVERYBODY)
def stop(slug: str) -> ResponseReturnValue:
    """Let somebody on a shared device clear the screen, or ask for a code first."""
    response = find_response(slug)
    if response is None:
        return redirect(url_for(".start", slug=slug))
    survey = responses.survey_for(response)
    return render_template("public/stop.html", **page_setting(response.consultation, survey))


@blueprint.get("/consultations/<slug>/reset")
@open_to(EVERYBODY)
def reset(slug: str) -> ResponseReturnValue:
    """Forget who was here, and begin anew. What they answered stays unsent."""
    kiosk = find_kiosk()
    start = kiosk.start if kiosk is not None else url_for(".start", slug=slug)
    return let_go_of_person(redirect(start), slug, is_shared=kiosk is not None)
