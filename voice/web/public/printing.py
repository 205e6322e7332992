"""The form to print and fill in by hand: as a page, a PDF and a Word document."""

from dataclasses import replace
from typing import Any

from flask import Response as Reply
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.errors import NoPdfError
from voice.models import Consultation
from voice.reports import paper_document as word
from voice.reports.paper_form import PaperForm, paper_form
from voice.reports.paper_pdf import MEDIA_TYPE
from voice.reports.paper_pdf import paper_pdf as draw_pdf
from voice.web.access import EVERYBODY, open_to
from voice.web.public.blueprint import blueprint
from voice.web.public.starting import get_consultation
from voice.web.public.visitors import meeting_here, page_setting
from voice.web.public.ways import asked_for, papers_survey, printed_as
from voice.web.session import settings

LARGE = "large"


@blueprint.get("/consultations/<slug>/paper")
@open_to(EVERYBODY)
def paper(slug: str) -> ResponseReturnValue:
    """Show the form, fit to print, in large print where the address says so."""
    consultation = get_consultation(slug)
    survey = papers_survey(consultation)
    return render_template(
        "public/paper.html",
        asked=_asked(consultation),
        paper=_form(consultation),
        large=_is_large(),
        no_pdf="no_pdf" in request.args,
        **page_setting(consultation, survey),
    )


@blueprint.get("/consultations/<slug>/paper.pdf")
@open_to(EVERYBODY)
def paper_pdf(slug: str) -> ResponseReturnValue:
    """Give the form as a PDF; where none can be drawn, go to the page, which says so."""
    consultation = get_consultation(slug)
    try:
        drawn = draw_pdf(_form(consultation), large=_is_large())
    except NoPdfError:
        size = LARGE if _is_large() else None
        asked = _asked(consultation)
        return redirect(url_for(".paper", slug=slug, size=size, no_pdf="yes", **asked))
    return _download(drawn, MEDIA_TYPE, f"{slug}.pdf")


@blueprint.get("/consultations/<slug>/paper.docx")
@open_to(EVERYBODY)
def paper_document(slug: str) -> ResponseReturnValue:
    """Give the form as a Word document."""
    written = word.paper_document(_form(get_consultation(slug)), large=_is_large())
    return _download(written, word.MEDIA_TYPE, f"{slug}.docx")


def _form(consultation: Consultation) -> PaperForm:
    form = paper_form(
        papers_survey(consultation),
        council=settings().council.name,
        closes_at=consultation.closes_at,
        demonstration=consultation.demonstration,
    )
    return replace(form, meeting=meeting_here(consultation), printed_as=printed_as(consultation))


def _asked(consultation: Consultation) -> dict[str, Any]:
    """Return what the address says of the form to print, to be kept in its links."""
    meeting = meeting_here(consultation)
    return asked_for() | ({"meeting": meeting} if meeting else {})


def _is_large() -> bool:
    return request.args.get("size") == LARGE


def _download(made: bytes, media_type: str, name: str) -> Reply:
    reply = Reply(made, mimetype=media_type)
    reply.headers["Content-Disposition"] = f'attachment; filename="form-{name}"'
    return reply
