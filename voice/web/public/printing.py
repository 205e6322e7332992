"""The form to print and fill in by hand: as a page, a PDF and a Word document."""

from dataclasses import replace

from flask import Response as Reply
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveys.engine import Survey
from voice.errors import NoPdfError
from voice.models import Channel, Consultation
from voice.reports import paper_document as word
from voice.reports.paper_form import PaperForm, paper_form
from voice.reports.paper_pdf import MEDIA_TYPE
from voice.reports.paper_pdf import paper_pdf as draw_pdf
from voice.services.consultations import begun_now, current_survey
from voice.web.access import EVERYBODY, open_to
from voice.web.public.blueprint import blueprint
from voice.web.public.starting import get_consultation
from voice.web.public.visitors import page_setting
from voice.web.public.ways import known_setting
from voice.web.session import settings

LARGE = "large"


@blueprint.get("/consultations/<slug>/paper")
@open_to(EVERYBODY)
def paper(slug: str) -> ResponseReturnValue:
    """Show the form, fit to print, in large print where the address says so."""
    consultation = get_consultation(slug)
    survey = _survey(consultation)
    return render_template(
        "public/paper.html",
        asked=_asked(),
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
        return redirect(url_for(".paper", slug=slug, size=size, no_pdf="yes", **_asked()))
    return _download(drawn, MEDIA_TYPE, f"{slug}.pdf")


@blueprint.get("/consultations/<slug>/paper.docx")
@open_to(EVERYBODY)
def paper_document(slug: str) -> ResponseReturnValue:
    """Give the form as a Word document."""
    written = word.paper_document(_form(get_consultation(slug)), large=_is_large())
    return _download(written, word.MEDIA_TYPE, f"{slug}.docx")


def _asked() -> dict[str, str]:
    """Return the way and the language that the address asks for, to be kept in its links."""
    return {name: request.args[name] for name in ("way", "language") if request.args.get(name)}


def _survey(consultation: Consultation) -> Survey:
    """Return the survey in the way and language that the address asks for, if we have them."""
    survey = current_survey(consultation)
    asked = _asked()
    if not asked:
        return survey
    setting = known_setting(survey, asked.get("way", ""), asked.get("language", ""))
    return begun_now(consultation, replace(setting, channel=Channel.PAPER.value))


def _form(consultation: Consultation) -> PaperForm:
    return paper_form(
        _survey(consultation),
        council=settings().council.name,
        closes_at=consultation.closes_at,
        demonstration=consultation.demonstration,
    )


def _is_large() -> bool:
    return request.args.get("size") == LARGE


def _download(made: bytes, media_type: str, name: str) -> Reply:
    reply = Reply(made, mimetype=media_type)
    reply.headers["Content-Disposition"] = f'attachment; filename="form-{name}"'
    return reply
