"""What came in, as the public may read it: fixed when it was published."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.services import announcements, snapshots
from voice.web.access import EVERYBODY, open_to
from voice.web.public.blueprint import blueprint
from voice.web.public.starting import get_consultation
from voice.web.public.visitors import setting_around
from voice.web.public.ways import newcomers_survey
from voice.web.session import current_session


@blueprint.get("/consultations/<slug>/results")
@open_to(EVERYBODY)
def results(slug: str) -> ResponseReturnValue:
    """Show the results that were published last; there is no page before any were."""
    session, consultation = current_session(), get_consultation(slug)
    return render_template(
        "public/results.html",
        results=snapshots.get_published(session, consultation),
        announced=announcements.announced(session, [consultation])[consultation.id],
        previous=announcements.find_previous(session, consultation),
        **setting_around(consultation, newcomers_survey(consultation)),
    )
