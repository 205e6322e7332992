"""The short links of a consultation: make one, take its QR code, see what comes in by it."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from voice.models import Consultation, LinkKind
from voice.services import courses, links
from voice.services.links import IDLE_MINUTES, MAX_LABEL_CHARS, NewLink
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.addresses import spoken_address
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, signed_in_officer

KINDS = {
    LinkKind.POSTER: ("Poster", "hangs somewhere, with a QR code"),
    LinkKind.AMBASSADOR: ("Ambassador", "somebody hands it on. Write their role, not their name"),
    LinkKind.CHANNEL: ("Newsletter, post or letter", "stands in a text"),
    LinkKind.KIOSK: ("Kiosk", "opened once on a device that many people use, as in a library"),
    LinkKind.CLASS: ("School", "its teachers begin classes; their address is on the page Classes"),
}
NO_LABEL = f"Write where it is or who hands it on, in up to {MAX_LABEL_CHARS} characters"
LONG_COURSE = f"Write the course or group in up to {courses.MAX_COURSE_CHARS} characters"
NO_KIND = "Choose what it is for"


class LinkForm(PressForm):
    """What a link is for, where it is, and of which course whoever comes in by it is."""

    label = StringField()
    kind = StringField()
    course = StringField()
    idle_minutes = StringField(default="5")


@blueprint.get("/consultations/<slug>/links")
@open_to(*TEAM_ROLES)
def list_links(slug: str) -> ResponseReturnValue:
    """Show every link with how often it was opened and what came in by it."""
    return _draw(get_consultation(slug), LinkForm(formdata=None))


@blueprint.post("/consultations/<slug>/links")
@open_to(*EDITOR_ROLES)
def make_link(slug: str) -> ResponseReturnValue:
    """Make a link; what is wrong with it comes back as it was typed."""
    consultation, form = get_consultation(slug), LinkForm()
    if not form.validate_on_submit():
        return _draw(consultation, form, errors=[("label", EXPIRED)])
    kind = next((each for each in KINDS if each.value == form.kind.data), None)
    if kind is None:
        return _draw(consultation, form, errors=[("kind", NO_KIND)])
    session, typed = current_session(), form.course.data or ""
    try:
        course = courses.read_label(session, consultation, typed)
    except ValueError:
        return _draw(consultation, form, errors=[("course", LONG_COURSE)])
    minutes = form.idle_minutes.data or ""
    idle_minutes = int(minutes) if minutes in map(str, IDLE_MINUTES) else 5
    new = NewLink(form.label.data or "", kind, idle_minutes, course)
    try:
        links.make_link(session, consultation, signed_in_officer(), new, now=now())
    except ValueError:
        return _draw(consultation, form, errors=[("label", NO_LABEL)])
    return redirect(url_for(".list_links", slug=slug, notice="made"), code=303)


@blueprint.post("/consultations/<slug>/links/close")
@open_to(*EDITOR_ROLES)
def close_link(slug: str) -> ResponseReturnValue:
    """Count no more by a link. Whoever opens it still finds the consultation."""
    consultation = get_consultation(slug)
    if not PressForm().validate_on_submit():
        return _draw(consultation, LinkForm(formdata=None), errors=[("label", EXPIRED)])
    session, code = current_session(), request.form.get("link", "")
    for counted in links.list_links(session, consultation):
        if counted.link.code == code:
            links.close_link(session, counted.link, signed_in_officer(), now=now())
    return redirect(url_for(".list_links", slug=slug, notice="closed"), code=303)


def _draw(
    consultation: Consultation, form: LinkForm, *, errors: list[tuple[str, str]] | None = None
) -> ResponseReturnValue:
    counted = links.list_links(current_session(), consultation)
    page = render_template(
        "officers/links.html",
        consultation=consultation,
        counted=counted,
        withheld=courses.withheld_links(current_session(), consultation, counted),
        addresses={
            each.link.id: spoken_address("public.go", link_code=each.link.code) for each in counted
        },
        kinds=KINDS,
        kind_options=[(kind.value, *words) for kind, words in KINDS.items()],
        idle_options=[(str(each), f"{each} minutes") for each in IDLE_MINUTES],
        known_courses=courses.list_known(current_session(), consultation),
        form=form,
        errors=errors or [],
        wrong=dict(errors or []),
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if errors else 200)
