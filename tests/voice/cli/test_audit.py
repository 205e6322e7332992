"""`voice audit check`: for whoever runs the machine, and for what runs by the clock there."""

import pytest
from sqlalchemy import text

from tests.conftest import NOON
from voice.services import audit


class TestCheckingTheTrail:
    def test_prints_what_to_note_and_finds_it_again(self, voice, kept):
        printed = voice("audit", "check")
        noted = printed.output.split()[-2:]

        assert printed.output.startswith("2 entries, as they were written.")
        assert voice("audit", "check", "--noted", *noted).exit_code == 0
        assert voice("audit", "check", "--noted", "2", "another").exit_code == 1

    def test_ends_with_one_and_the_first_entry_that_is_wrong(self, voice, kept):
        with kept.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER audit_entry_keeps"))
            connection.execute(text("UPDATE audit_entry SET action = 'x' WHERE number = 2"))

        printed = voice("audit", "check")

        assert printed.exit_code == 1
        assert "broken at entry 2" in printed.output

    @pytest.fixture
    def kept(self, store):
        with store.writing() as session:
            for one in ("signed in", "results taken"):
                audit.record(session, None, one, "ours", now=NOON)
        return store
