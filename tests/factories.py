"""Things that are valid as they come; a test states only what it is about."""

from datetime import timedelta
from functools import cache

from surveys.answers import read_answer
from surveys.definition import read_from_library
from tests.conftest import COUNCIL, NOON
from voice.models import Channel, Snapshot
from voice.reports.public_results import PublicResults
from voice.services import consultations, responses
from voice.services.consultations import Opening, current_survey

PASSPHRASE = "correct horse battery staple"


# A survey is frozen, so every test may stand on the same one; reading it takes a tenth of a second.
library_survey = cache(read_from_library)


def make_consultation(session, *, survey="early_help_2017", slug="early-help", **opening):
    """A consultation that opened yesterday and closes tomorrow at noon."""
    given = {
        "slug": slug,
        "team": "families",
        "opens_at": NOON - timedelta(days=1),
        "closes_at": NOON + timedelta(days=1),
    } | opening
    asked = survey if not isinstance(survey, str) else library_survey(survey)
    return consultations.open_consultation(
        session, asked, Opening(**given), council=COUNCIL, now=NOON - timedelta(days=2)
    )


def make_response(session, consultation, *, channel=Channel.WEB, submitted=True, **answers):
    """A response with these answers: question="option", ["several"] or words."""
    begun = responses.start_response(session, consultation, channel, now=NOON)
    survey = current_survey(consultation)
    for code, value in answers.items():
        raw = value if isinstance(value, list | tuple) else [value]
        answer = read_answer(survey.question(code), raw)
        responses.record_answer(session, begun.response, answer, now=NOON)
    if submitted:
        begun.response.submitted_at = NOON
        session.flush()
    return begun.response


def make_snapshot(session, consultation):
    """Results that were published, of a consultation that nobody answered."""
    days = ("Sunday 31 May 2026", "Tuesday 2 June 2026", "12:00 on Tuesday 2 June 2026 (UK time)")
    made = PublicResults(consultation.title, "Council", *days, "0", (), ())
    session.add(Snapshot(consultation_id=consultation.id, made_at=NOON, results=made.to_json()))
    session.flush()
