"""Two sides: victims and young people, or children and parents, as sums side by side."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Consultation
from voice.reports.two_sides import TwoSides, two_sides_table
from voice.reports.two_sides_document import two_sides_document
from voice.services import two_sides
from voice.web.access import TEAM_ROLES, open_to
from voice.web.attachments import attach_noted
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, keeps, now, settings, signed_in_officer


@blueprint.get("/consultations/<slug>/two-sides")
@open_to(*TEAM_ROLES)
@keeps
def show_two_sides(slug: str) -> ResponseReturnValue:
    """Show both sides' sums, once the other side is chosen; that it was read is written down."""
    consultation = get_consultation(slug)
    others = two_sides.list_others(current_session(), consultation, signed_in_officer())
    return render_template(
        "officers/two_sides.html",
        consultation=consultation,
        others=[(each.slug, f"{each.title} ({each.slug})") for each in others],
        other=_other(),
        report=_report(consultation) if _other() else None,
        demonstration=consultation.demonstration or None,
    )


@blueprint.get("/consultations/<slug>/two-sides.docx")
@open_to(*TEAM_ROLES)
@keeps
def download_two_sides(slug: str) -> ResponseReturnValue:
    """Give the report as a Word document."""
    consultation = get_consultation(slug)
    if not _other():
        return redirect(url_for(".show_two_sides", slug=slug))
    return attach_noted(
        consultation, "two sides", "docx", two_sides_document(_report(consultation))
    )


@blueprint.get("/consultations/<slug>/two-sides.csv")
@open_to(*TEAM_ROLES)
@keeps
def download_two_sides_table(slug: str) -> ResponseReturnValue:
    """Give the report as a table."""
    consultation = get_consultation(slug)
    if not _other():
        return redirect(url_for(".show_two_sides", slug=slug))
    return attach_noted(consultation, "two sides", "csv", two_sides_table(_report(consultation)))


def _other() -> str:
    return request.args.get("with", "")


def _report(consultation: Consultation) -> TwoSides:
    return two_sides.read_two_sides(
        current_session(),
        consultation,
        _other(),
        signed_in_officer(),
        council=settings().council.name,
        now=now(),
    )
