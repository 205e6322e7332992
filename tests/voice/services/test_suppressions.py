"""Who is not to be asked: the same person however their number was typed."""

import pytest

from tests.voice.services.chatting import NOON
from tests.voice.themed import make_officer
from voice.models import Suppression
from voice.services import keys, suppressions

SECRET = "k" * 40
FORMS = ["07700 900123", "+447700900123", "0044 7700 900123", "+44 (0)7700 900-123", "447700900123"]


def is_listed(session, value):
    return suppressions.suppressed_among(session, [value], secret=SECRET) == {value}


@pytest.fixture
def suppressed(database):
    def suppressed(value):
        with database.writing() as session:
            officer = make_officer(session)
            suppressions.suppress(session, officer, value, reason="asked", secret=SECRET, now=NOON)

    return suppressed


class TestAMobileNumber:
    @pytest.mark.parametrize("listed", FORMS)
    @pytest.mark.parametrize("asked", FORMS)
    def test_is_found_however_it_was_typed(self, database, suppressed, listed, asked):
        suppressed(listed)

        with database.reading() as session:
            assert is_listed(session, asked)

    def test_is_found_in_the_form_in_which_it_was_put_on_before(self, database):
        before = keys.keyed_hash(SECRET, "not to be asked", "07700900123")
        with database.writing() as session:
            officer = make_officer(session)
            session.add(
                Suppression(value_hash=before, reason="", added_at=NOON, added_by=officer.id)
            )

        with database.reading() as session:
            assert is_listed(session, "+447700900123")

    def test_is_lifted_in_any_form(self, database, suppressed):
        suppressed("07700 900123")
        with database.writing() as session:
            assert suppressions.lift(
                session, make_officer(session), "+447700900123", secret=SECRET, now=NOON
            )

        with database.reading() as session:
            assert not is_listed(session, "07700900123")

    @pytest.mark.parametrize("other", ["07700 900124", "01296 383962", "a@example.org", "REF-7"])
    def test_is_not_another(self, database, suppressed, other):
        suppressed("07700 900123")

        with database.reading() as session:
            assert not is_listed(session, other)
