"""Row A3: a reply that came the day after the close is kept, marked, and counted or not."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from surveys.answers import Answer
from tests.factories import make_consultation
from tests.voice.themed import make_officer
from voice.clock import LONDON
from voice.models import AuditEntry, Channel
from voice.services import results
from voice.services.entering import Entry, enter_response

NEXT_DAY = datetime(2017, 10, 17, 15, tzinfo=UTC)


class TestRowA3:
    """Source: SOURCES A3; the consultation of 2017 closed on 16 October."""

    def test_what_came_on_17_october_is_kept_and_marked_received_after_the_close(self, late):
        assert late.submitted_at is not None
        assert late.is_late

    def test_waits_for_an_officer_and_counts_in_no_total_until_then(self, count):
        assert count() == (2, 1, 1, 0)

    def test_is_included_by_an_officer_and_stays_marked(self, count, decide, late):
        decide(include=True)

        assert count() == (2, 2, 0, 1)
        assert late.is_late

    def test_is_excluded_again(self, count, decide):
        decide(include=True)
        decide(include=False)

        assert count() == (2, 1, 1, 0)

    def test_each_decision_is_written_down(self, session, officer, decide):
        decide(include=True)
        decide(include=False)

        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[-2:]
        actions = [(each.action, each.officer_id) for each in entries]
        assert actions == [
            ("late responses included", officer.id),
            ("late responses left out", officer.id),
        ]


@pytest.fixture
def consultation(session):
    return make_consultation(
        session,
        opens_at=datetime(2017, 7, 14, tzinfo=LONDON).astimezone(UTC),
        closes_at=datetime(2017, 10, 16, 23, 59, tzinfo=LONDON).astimezone(UTC),
    )


@pytest.fixture
def officer(session):
    return make_officer(session)


@pytest.fixture(autouse=True)
def late(session, consultation, officer):
    """One reply that came on the last day, and this one, which came on the day after."""
    replies = [
        enter_response(
            session,
            consultation,
            officer,
            Entry(
                channel=Channel.PAPER,
                received_on=received_on,
                answers=(Answer("capacity", ("organisation",)),),
                press_key=f"received on {received_on}",
            ),
            now=NEXT_DAY,
        ).response
        for received_on in (date(2017, 10, 16), date(2017, 10, 17))
    ]
    return replies[1]


@pytest.fixture
def decide(session, consultation, officer):
    """Let what came too late count, or not."""

    def choose(*, include):
        results.decide_late(session, consultation, officer, include=include, now=NEXT_DAY)

    return choose


@pytest.fixture
def count(session, consultation):
    """Count those sent in, counting, waiting for a decision, and included by one."""

    def figures():
        came_in = results.count_arrivals(session, consultation)
        return (
            came_in.submitted,
            came_in.counting,
            came_in.late_waiting,
            came_in.late_included,
        )

    return figures
