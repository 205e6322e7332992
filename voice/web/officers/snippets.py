"""What the council's web team copies into its own pages, and what people say of those pages."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import escape

from voice.models import Consultation, Link, LinkKind
from voice.services import links, pages_judged
from voice.services.links import NewLink
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.addresses import whole_address
from voice.web.forms import PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, settings, signed_in_officer

FEEDBACK_LABEL = "Page feedback"


@blueprint.get("/consultations/<slug>/snippets")
@open_to(*TEAM_ROLES)
def snippets(slug: str) -> ResponseReturnValue:
    """Show the snippets to copy, and what people say of each of the council's pages."""
    consultation = get_consultation(slug)
    counted = links.list_links(current_session(), consultation)
    judging = next(
        (
            each.link
            for each in counted
            if each.link.kind is LinkKind.PAGE and each.link.closed_at is None
        ),
        None,
    )
    return render_template(
        "officers/snippets.html",
        consultation=consultation,
        sites=settings().council.embed_sites,
        card=_card(consultation),
        start=whole_address("public.start", slug=slug),
        question=_question(judging) if judging is not None else "",
        pages=pages_judged.count_pages(current_session(), consultation) if judging else [],
        form=PressForm(formdata=None),
        demonstration=consultation.demonstration or None,
    )


def _card(consultation: Consultation) -> str:
    frame = escape(whole_address("public.embed", slug=consultation.slug))
    start = escape(whole_address("public.start", slug=consultation.slug))
    title = escape(f"Have your say: {consultation.title}")
    return (
        f'<iframe src="{frame}" title="{title}" width="100%" height="300" loading="lazy">'
        "</iframe>\n"
        f'<p><a href="{start}">{title}</a></p>'
    )


def _question(link: Link) -> str:
    address = escape(whole_address("public.judge_page", feedback_code=link.code))
    answers = (
        f'<a href="{address}?useful={code}&amp;page=PAGE">{label}</a>'
        for code, label in (("yes", "Yes"), ("no", "No"))
    )
    return f"<p>Was this page useful? {' '.join(answers)}</p>"


@blueprint.post("/consultations/<slug>/snippets")
@open_to(*EDITOR_ROLES)
def make_feedback_link(slug: str) -> ResponseReturnValue:
    """Make the link by which the council's pages ask whether they were useful."""
    consultation = get_consultation(slug)
    if PressForm().validate_on_submit():
        new = NewLink(FEEDBACK_LABEL, LinkKind.PAGE)
        links.make_link(current_session(), consultation, signed_in_officer(), new, now=now())
    return redirect(url_for(".snippets", slug=slug), code=303)
