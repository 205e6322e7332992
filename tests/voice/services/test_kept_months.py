"""How long names and unanswered questions are kept is the council's own setting (PRI-7)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOON, SECRET
from tests.factories import make_consultation, make_response
from tests.voice.themed import make_officer
from voice.config import Council
from voice.models import AnswerRow, Enquiry, Response
from voice.services import due, invitees, requests
from voice.services.forgetting import FORGOTTEN
from voice.services.invitees import Person

SECOND = timedelta(seconds=1)
ANN = "Ann Other"


@pytest.fixture
def kept(database):
    """Somebody asked by name until NOON, and an answer of theirs that asks for something."""
    with database.writing() as session:
        asked = make_consultation(session, survey="what_kids_need")
        asked.closes_at = NOON
        who = make_officer(session)
        invitees.add_people(session, asked, who, [Person(ANN)], secret=SECRET, now=NOON)
        wish = make_response(session, asked)
        session.add(requests._opened(wish, "wish", "A club", now=NOON))
        return asked


@pytest.mark.parametrize(("months", "days"), [(3, 91), (6, 182), (12, 365), (72, 2190)])
def test_the_worker_forgets_once_the_months_are_over_and_not_before(
    database, settings, kept, months, days
):
    council = settings.council.model_copy(update={"kept_months": months})
    found = []
    for moment in (NOON + timedelta(days=days), NOON + timedelta(days=days) + SECOND):
        due.make_each_due(database, replace(settings, council=council), now=moment)
        with database.reading() as session:
            names = [each.name for each in invitees.list_invitees(session, session.merge(kept))]
            found.append((*names, session.query(Enquiry).count()))

    assert found == [(ANN, 1), (FORGOTTEN, 0)]


def test_a_year_is_what_is_kept_unless_the_council_says_otherwise():
    assert Council().kept == timedelta(days=365)


@pytest.mark.parametrize(("days", "left"), [(29, 1), (30, 1), (31, 0)])
def test_answers_that_were_never_sent_go_thirty_days_after_the_close(store, settings, days, left):
    with store.writing() as session:
        asked = make_consultation(session)
        make_response(session, asked, submitted=False, important="More buses")
        make_response(session, asked, important="Fewer cars")
        closed = asked.closes_at

    due.make_each_due(store, settings, now=closed + timedelta(days=days))

    with store.reading() as session:
        assert session.query(AnswerRow).count() == 1 + left
        assert session.query(Response).count() == 2  # that somebody began still counts
