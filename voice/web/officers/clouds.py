"""The word cloud of a question: open it for a room, leave words out, close it, take it along."""

from flask import Response as Reply
from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from voice.models import Consultation
from voice.reports.word_cloud import draw_svg
from voice.services import clouds, themes
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.addresses import spoken_address
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.public.clouds import attach_cloud
from voice.web.session import current_session, keeps, now, signed_in_officer

COLUMNS = ("word", "people")


@blueprint.get("/consultations/<slug>/cloud")
@open_to(*TEAM_ROLES)
def word_cloud(slug: str) -> ResponseReturnValue:
    """Show the words of one question, and whether a room can see them."""
    consultation = get_consultation(slug)
    return _draw(consultation, _code(consultation))


@blueprint.post("/consultations/<slug>/cloud")
@open_to(*EDITOR_ROLES)
def change_cloud(slug: str) -> ResponseReturnValue:
    """Open the cloud to whoever has its address, close it, or leave a word out."""
    consultation, form = get_consultation(slug), PressForm()
    code = _code(consultation)
    if not form.validate_on_submit():
        return _draw(consultation, code, [("word", EXPIRED)])
    session, officer = current_session(), signed_in_officer()
    match request.form.get("act"):
        case "open":
            clouds.open_cloud(session, consultation, code, officer, now=now())
        case "close":
            clouds.close_cloud(session, consultation, code, officer, now=now())
        case _:
            word = request.form.get("word", "")
            clouds.leave_out(session, consultation, code, word, officer=officer, now=now())
    return redirect(url_for(".word_cloud", slug=slug, question=code, notice="saved"), code=303)


@blueprint.get("/consultations/<slug>/cloud/<code>/words.<kind>")
@open_to(*TEAM_ROLES)
@keeps
def download_word_cloud(slug: str, code: str, kind: str) -> Reply:
    """Give what officers see of a cloud to keep."""
    consultation = get_consultation(slug)
    cloud = clouds.read_for_officers(current_session(), consultation, code)
    clouds.note_taken(current_session(), consultation, signed_in_officer(), now=now())
    return attach_cloud(cloud, kind, COLUMNS)


def _code(consultation: Consultation) -> str:
    """Return the question asked for, or the first in people's own words; "" without any."""
    codes = [each.code for each in themes.free_text_questions(consultation)]
    wanted = request.values.get("question", "")
    return wanted if wanted in codes else next(iter(codes), "")


def _draw(
    consultation: Consultation, code: str, errors: list[tuple[str, str]] | None = None
) -> ResponseReturnValue:
    session = current_session()
    cloud = clouds.read_for_officers(session, consultation, code) if code else None
    kept = clouds.find_cloud(session, consultation, code)
    opened = kept.code if kept is not None and kept.opened_at is not None else ""
    page = render_template(
        "officers/cloud.html",
        consultation=consultation,
        questions=[(each.code, each.text) for each in themes.free_text_questions(consultation)],
        code=code,
        cloud=cloud,
        drawn=Markup(draw_svg(cloud.question, cloud.weighed)) if cloud else "",  # noqa: S704 - drawn escaped
        address=spoken_address("public.show_cloud", cloud_code=opened) if opened else "",
        room=url_for("public.show_cloud", cloud_code=opened) if opened else "",
        form=PressForm(formdata=None),
        errors=errors or [],
        wrong=dict(errors or []),
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if errors else 200)
