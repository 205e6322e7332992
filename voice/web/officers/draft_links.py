"""The links of a draft: which there are, and whether a page is there when we ask for it."""

from uuid import UUID

from flask import Response as Reply
from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from surveys.checking.links import links_of
from voice.models import Draft
from voice.services import drafts
from voice.services.asked_links import ALL_SECONDS, MOST_LINKS, LinkAnswer, Verdict, ask_links
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.draft_found import get_draft
from voice.web.session import only_reads

COLOURS = {
    Verdict.ANSWERS: "green",
    Verdict.MOVED: "yellow",
    Verdict.NOT_FOUND: "red",
    Verdict.UNREACHED: "grey",
}


@blueprint.get("/drafts/<uuid:draft_id>/links")
@open_to(*EDITOR_ROLES)
def draft_links(draft_id: UUID) -> ResponseReturnValue:
    """List the links; nobody is asked yet."""
    return _draw(get_draft(draft_id))


@blueprint.post("/drafts/<uuid:draft_id>/links")
@open_to(*EDITOR_ROLES)
@only_reads
def ask_for_links(draft_id: UUID) -> ResponseReturnValue:
    """Ask each site for its page, and show what became of it; nothing of it is kept."""
    draft = get_draft(draft_id)
    if not PressForm().validate_on_submit():
        return _draw(draft, error=EXPIRED)
    return _draw(draft, ask_links(_links_of(draft)))


def _links_of(draft: Draft) -> tuple[str, ...]:
    survey = drafts.check_draft(draft).reading.survey
    return links_of(survey) if survey is not None else ()


def _draw(draft: Draft, answers: list[LinkAnswer] | None = None, *, error: str = "") -> Reply:
    is_cut_off = bool(answers) and all(each.verdict is Verdict.UNREACHED for each in answers or ())
    page = render_template(
        "officers/draft_links.html",
        draft=draft,
        links=_links_of(draft),
        answers=answers,
        is_cut_off=is_cut_off,
        colours=COLOURS,
        most=MOST_LINKS,
        seconds=int(ALL_SECONDS),
        form=PressForm(formdata=None),
        errors=[("", error)] if error else [],
    )
    return make_response(page, 422 if error else 200)
