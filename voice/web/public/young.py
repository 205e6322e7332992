"""One page for young people: how to be heard, links, what was done, who helps, their rights."""

from flask import render_template
from flask.typing import ResponseReturnValue

from surveys.engine import Audience
from voice.services import consultations, links, outcomes
from voice.web.access import EVERYBODY, open_to
from voice.web.public.blueprint import blueprint
from voice.web.public.ways import newcomers_survey
from voice.web.session import current_session, now, settings

LATEST_OUTCOMES = 3


@blueprint.get("/young-people")
@open_to(EVERYBODY)
def young_people() -> ResponseReturnValue:
    """Show all five things that the council's young people asked one page to hold (D1)."""
    session = current_session()
    elsewhere = links.judging_pages(session)
    begun = consultations.list_open(session, now=now())
    open_now = [(each, newcomers_survey(each)) for each in begun if each.id not in elsewhere]
    signposts = settings().council.signposts
    return render_template(
        "public/young_people.html",
        for_them=[pair for pair in open_now if pair[1].audience is Audience.YOUNG],
        others=[pair for pair in open_now if pair[1].audience is not Audience.YOUNG],
        outcomes=outcomes.list_published(session)[:LATEST_OUTCOMES],
        places=[each for each in signposts if each.kind == "views"],
        services=[each for each in signposts if each.kind == "service"],
        rights=[each for each in signposts if each.kind == "rights"],
        demonstration=None,
    )
