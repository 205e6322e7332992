"""Publish the results: read what the public would see, and put it on the public page."""

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from voice.errors import ChangedMeanwhileError, StageRefusedError
from voice.models import Consultation
from voice.reports.public_results import PublicResults
from voice.services import snapshots, themes
from voice.web.access import PUBLISHER_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, settings, signed_in_officer

_STAGES = {
    "open": "Results are published once the consultation has closed, when everybody has been heard",
    "archived": "This is in the archive, so nothing can change",
}
_CHANGED = (
    "The results changed while you read them, so they are not published yet. "
    "Read them again below, then press the button"
)


class PublishForm(PressForm):
    """What the officer read before publishing, by its mark."""

    seen = HiddenField()


@blueprint.get("/consultations/<slug>/publish-results")
@open_to(*PUBLISHER_ROLES)
def show_publishing(slug: str) -> ResponseReturnValue:
    """Show what the public would read, when it was published last, and the button."""
    return _draw(get_consultation(slug))


@blueprint.post("/consultations/<slug>/publish-results")
@open_to(*PUBLISHER_ROLES)
def publish_results(slug: str) -> ResponseReturnValue:
    """Publish what the officer has read; a second press publishes nothing more."""
    consultation, form = get_consultation(slug), PublishForm()
    if not form.validate_on_submit():
        return _draw(consultation, EXPIRED)
    try:
        snapshots.publish_seen(
            current_session(),
            consultation,
            signed_in_officer(),
            form.seen.data or "",
            council=settings().council.name,
            now=now(),
        )
    except StageRefusedError as refused:
        return _draw(consultation, _STAGES[str(refused)])
    except ChangedMeanwhileError:
        return _draw(consultation, _CHANGED)
    return redirect(url_for(".show_publishing", slug=slug, notice="published"), code=303)


def _draw(consultation: Consultation, error: str = "") -> ResponseReturnValue:
    session, refusal = current_session(), _refusal(consultation)
    published = snapshots.find_published(session, consultation)
    preview = None if refusal else _preview(consultation)
    page = render_template(
        "officers/publish_results.html",
        consultation=consultation,
        refusal=refusal,
        results=preview,
        is_public=preview and published and preview.mark == published.mark,
        published=published,
        unnamed=_without_themes(consultation, preview) if preview else [],
        form=PublishForm(formdata=None, seen=preview.mark if preview else ""),
        errors=[("", error)] if error else [],
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if error else 200)


def _refusal(consultation: Consultation) -> str:
    """Return why the results cannot be published now; "" if they can."""
    try:
        snapshots.check_may_publish(consultation, now=now())
    except StageRefusedError as refused:
        return _STAGES[str(refused)]
    return ""


def _preview(consultation: Consultation) -> PublicResults:
    council = settings().council.name
    return snapshots.preview_results(current_session(), consultation, council=council, now=now())


def _without_themes(consultation: Consultation, preview: PublicResults) -> list[tuple[str, str]]:
    """Return the code and text of each question with words in it of which no theme is named."""
    named = {theme.question for theme in preview.themes}
    unanswered = {each.text for each in preview.questions if each.base == "0"}
    asked = themes.free_text_questions(consultation)
    listed = [(each.code, each.plain_text) for each in asked]
    return [(code, text) for code, text in listed if text not in named | unanswered]
