"""A small page about a consultation, which the sites that the council names may frame."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from voice.services import links
from voice.web.access import EVERYBODY, open_to
from voice.web.addresses import whole_address
from voice.web.public.blueprint import blueprint
from voice.web.public.starting import get_consultation
from voice.web.public.ways import newcomers_survey
from voice.web.session import current_session, now, settings


@blueprint.get("/consultations/<slug>/embed")
@open_to(EVERYBODY)
def embed(slug: str) -> ResponseReturnValue:
    """Show what it is about, with a link that opens it in a page of its own.

    The answering itself is never framed: a browser keeps no cookie of ours inside another site.
    """
    consultation = get_consultation(slug)
    g.framed_by = settings().council.embed_sites
    link = links.find_door(current_session(), slug, request.args.get("via", ""))
    start = whole_address("public.start", slug=slug)
    return render_template(
        "public/embed.html",
        consultation=consultation,
        survey=newcomers_survey(consultation),
        is_open=consultation.is_open(now()),
        address=whole_address("public.go", link_code=link.code) if link is not None else start,
        demonstration=None,
    )
