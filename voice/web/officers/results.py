"""The figures of one consultation: every one with how many people stand behind it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voice.models import Consultation
from voice.reports.figures import ROUNDING, WHY_WITHHELD
from voice.services import consultations, courses, equality, priorities, trends
from voice.services import results as counting
from voice.services.announcements import find_previous
from voice.services.information_split import Part, Split, count_split, in_part, may_be_parted
from voice.services.published import published_figures
from voice.services.rewordings import list_rewordings
from voice.web.access import TEAM_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session


@blueprint.get("/consultations/<slug>/results")
@open_to(*TEAM_ROLES)
def results(slug: str) -> ResponseReturnValue:
    """Show the figures of every question, of one wave if the address names it."""
    session = current_session()
    consultation = get_consultation(slug)
    alone = courses.shown_alone(session, consultation)
    wave, split, part = request.args.get("wave", ""), _split(consultation), _part()
    wave = wave if wave in alone else ""
    both, part = split and wave and part, None if wave else part  # of both could be one person
    decimals = 1 if request.args.get("decimals") == "1" else 0
    parted = split is not None and may_be_parted(session, consultation)
    part = part if parted else None
    among = in_part(split.number, part) if split and part else None
    return render_template(
        "officers/results.html",
        consultation=consultation,
        came_in=counting.count_arrivals(session, consultation),
        questions=[
            each.with_decimals(decimals)
            for each in counting.question_figures(session, consultation, wave=wave, among=among)
        ],
        decimals=decimals,
        unit=consultations.current_survey(consultation).unit,
        priorities=priorities.list_priorities(session, consultation),
        split=split,
        part=part,
        parted=parted,
        both=both,
        previous=find_previous(session, consultation),
        published=published_figures(session, consultation),
        rewordings=list_rewordings(session, consultation),
        wave=wave,
        alone=alone,
        has_waves=len(courses.list_known(session, consultation)) > 1,
        equality=equality.figures(session, consultation),
        trended=trends.followed_codes(consultation),
        rounding=ROUNDING,
        why_withheld=WHY_WITHHELD,
        demonstration=consultation.demonstration or None,
    )


def _split(consultation: Consultation) -> Split | None:
    """Return how the responses are parted by the information that the address names, if any."""
    number = request.args.get("information", 0, type=int)
    if not 1 <= number <= consultation.information_number:
        return None
    return count_split(current_session(), consultation, number)


def _part() -> Part | None:
    return next((part for part in Part if part.value == request.args.get("part")), None)
