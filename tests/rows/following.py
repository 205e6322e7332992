"""A course with those who came, valid as it comes, for the rows that are followed up."""

from datetime import UTC, date, datetime

from tests.factories import make_consultation
from tests.voice.themed import make_officer
from voice.models import Consultation
from voice.services import follow_ups
from voice.services.consultations import find_by_slug
from voice.services.follow_ups import Attended, NewFollowUp
from voice.services.invitees import Person

HELD_ON = date(2026, 3, 2)
DUE = datetime(2026, 6, 2, 9, tzinfo=UTC)  # three months later, in the morning
COURSE, DELEGATES, MANAGERS = "course", "after-course", "managers"


def open_course(database) -> None:
    """Open a course's own survey, and those that follow it up, for longer than three months."""
    with database.writing() as session:
        for slug in (COURSE, DELEGATES, MANAGERS):
            make_consultation(
                session,
                survey="chelseas_choice_2015",
                slug=slug,
                closes_at=datetime(2026, 12, 1, tzinfo=UTC),
            )


def attended(number: int) -> list[Attended]:
    """Return so many who came, each with a line manager."""
    return [
        Attended(
            Person(f"Delegate {one}", f"delegate{one}@example.org"),
            Person(f"Manager {one}", f"manager{one}@example.org"),
        )
        for one in range(1, number + 1)
    ]


def plan(database, *, came: int, size: int, held_on: date = HELD_ON):
    """Plan a follow-up; return its key."""
    with database.writing() as session:
        course, delegates, managers = (
            _get(session, slug) for slug in (COURSE, DELEGATES, MANAGERS)
        )
        new = NewFollowUp(held_on, size, delegates, managers, attended(came))
        officer = make_officer(session)
        made = follow_ups.plan(session, course, officer, new, press_key=f"{came}", now=DUE)
        return made.id


def list_planned(database):
    """Return the follow-ups of the course, with those who came."""
    with database.reading() as session:
        return follow_ups.list_follow_ups(session, _get(session, COURSE))


def _get(session, slug) -> Consultation:
    found = find_by_slug(session, slug)
    assert found is not None
    return found
