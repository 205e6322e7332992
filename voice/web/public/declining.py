"""The end for whoever does not agree to what they must agree to."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.web.access import EVERYBODY, open_to
from voice.web.public.blueprint import blueprint
from voice.web.public.starting import get_consultation
from voice.web.public.visitors import page_setting
from voice.web.public.ways import newcomers_survey


@blueprint.get("/consultations/<slug>/not-taking-part")
@open_to(EVERYBODY)
def declined(slug: str) -> ResponseReturnValue:
    """Thank somebody who did not agree: nothing more is asked, and nothing was kept."""
    consultation = get_consultation(slug)
    setting = page_setting(consultation, newcomers_survey(consultation))
    return render_template("public/declined.html", **setting)
