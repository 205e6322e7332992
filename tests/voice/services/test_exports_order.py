"""PRI-2: an export tells neither when anybody answered nor who came first."""

from datetime import timedelta

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from voice.services.exports import stored_answers

ANSWERED = 12
PARTS_OF_A_DAY = ("12:", "T1", "2026-")


def test_no_moment_is_told_and_the_order_is_not_that_of_coming(session):
    consultation = make_consultation(session, survey="hmip_viewpoint", slug="viewpoint")
    came = []
    for minutes in range(ANSWERED):
        response = make_response(session, consultation, best=f"Trips {minutes}")
        response.submitted_at = NOON + timedelta(minutes=minutes)
        came.append(response.respondent)
    session.flush()
    rows = list(stored_answers(session, "hmip_viewpoint"))

    told = list(dict.fromkeys(row["respondent"] for row in rows))
    assert sorted(told) == sorted(came)
    assert told == sorted(came)  # the order of pseudonyms that chance made
    assert not any(part in str(value) for row in rows for value in row.values()
                   for part in PARTS_OF_A_DAY)  # fmt: skip


def test_pseudonyms_follow_no_count(session):
    consultation = make_consultation(session, survey="hmip_viewpoint", slug="viewpoint")
    came = [make_response(session, consultation).respondent for _ in range(ANSWERED)]

    assert came != sorted(came)  # in order by chance: once in 479 million
