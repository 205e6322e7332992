"""The audit trail: added to and never changed, each entry bound to the one before (SEC-16)."""

from threading import Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.stores import new_postgres, new_sqlite
from tests.voice.themed import make_officer
from voice.database import migrate
from voice.models import AuditEntry
from voice.services import audit

FIVE = ("signed in", "responses read", "results taken", "theme renamed", "outcome published")
GUARDS = ("audit_entry_keeps", "audit_entry_stays", "audit_head_grows", "audit_head_stays")
SWAP = (
    "UPDATE audit_entry SET number = -2 WHERE number = 2",
    "UPDATE audit_entry SET number = 2 WHERE number = 3",
    "UPDATE audit_entry SET number = 3 WHERE number = -2",
)
INSERT = "INSERT INTO audit_entry (at, action, subject) VALUES (CURRENT_TIMESTAMP, 'a', 'b')"


def check(store, **how):
    """What a look at the whole chain finds."""
    with store.reading() as session:
        return audit.check(session, **how)


def run(store, *statements):
    """Change the store as its owner can, behind the service's back."""
    with store.engine.begin() as connection:
        for one in statements:
            connection.execute(text(one))


def check_after(store, *statements, **how):
    """What a look finds once somebody who owns the store took its guards off, and did this."""
    if store.engine.dialect.name == "postgresql":
        off = [f"ALTER TABLE {one} DISABLE TRIGGER ALL" for one in ("audit_entry", "audit_head")]
    else:
        off = [f"DROP TRIGGER {one}" for one in GUARDS]
    with store.engine.connect() as connection:
        for one in (*off, *statements):
            connection.execute(text(one))
        found = audit.check(Session(connection), **how)
        connection.rollback()
    return found


class TestTheTrail:
    def test_is_whole_as_it_is_written(self, kept):
        found = check(kept)

        assert (found.number, found.broken) == (len(FIVE), None)

    @pytest.mark.parametrize(
        ("statements", "broken"),
        [
            pytest.param(["UPDATE audit_entry SET subject = 'other' WHERE number = 2"], 2,
                         id="what it was done to is changed"),
            pytest.param(["UPDATE audit_entry SET action = 'nothing' WHERE number = 5"], 5,
                         id="what the last one says is changed"),
            pytest.param(["UPDATE audit_entry SET officer_id = NULL WHERE number = 1"], 1,
                         id="who it was is changed"),
            pytest.param(["UPDATE audit_entry SET at = '2026-06-02' WHERE number = 3"], 3,
                         id="when it was is changed"),
            pytest.param(["DELETE FROM audit_entry WHERE number = 3"], 3, id="one is deleted"),
            pytest.param(["DELETE FROM audit_entry WHERE number = 5"], 5, id="the last is deleted"),
            pytest.param(["DELETE FROM audit_entry"], 1, id="all are deleted"),
            pytest.param(SWAP, 2, id="two are swapped"),
            pytest.param([INSERT], 6, id="one is put in"),
            pytest.param([INSERT, "UPDATE audit_entry SET number = 6 WHERE number IS NULL"], 6,
                         id="one is put in at its end"),
        ],
    )  # fmt: skip
    def test_says_where_it_breaks_if(self, kept, statements, broken):
        assert check_after(kept, *statements).broken == broken

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_entry SET action = 'nothing' WHERE number = 2",
            "UPDATE audit_entry SET number = NULL, hash = NULL WHERE number = 5",
            "DELETE FROM audit_entry WHERE number = 2",
            "UPDATE audit_head SET number = 4",
            "DELETE FROM audit_head",
        ],
    )
    def test_is_kept_by_the_store_from(self, kept, statement):
        with pytest.raises(DBAPIError, match="only added to"):
            run(kept, statement)

        assert check(kept).broken is None

    def test_that_another_stands_in_for_is_told_by_what_was_noted(self, kept):
        noted = (3, "the hash that stood there when somebody wrote it down")

        assert check(kept, noted=noted).broken == 3
        assert check(kept, noted=(3, hash_at(kept, 3))).broken is None

    def test_that_was_emptied_is_told_by_what_was_noted(self, kept):
        noted = (5, check(kept).hash)
        head = f"number = 0, hash = '{audit.BEFORE_THE_FIRST}'"
        emptied = ("DELETE FROM audit_entry", f"UPDATE audit_head SET {head}")  # noqa: S608 - ours

        assert check_after(kept, *emptied).broken is None
        assert check_after(kept, *emptied, noted=noted).broken == 1


class TestATrailThatGrows:
    def test_has_no_gap_where_something_was_given_up(self, growing):
        with Session(growing.engine) as session:
            audit.record(session, None, "never", "kept", now=NOON)
            session.flush()
            session.rollback()
        write(growing, "kept")

        assert (check(growing).number, check(growing).broken) == (len(FIVE) + 1, None)

    def test_is_one_chain_whoever_writes_at_once(self, growing):
        many = [Thread(target=write, args=(growing, *FIVE)) for _ in range(4)]
        for one in many:
            one.start()
        for one in many:
            one.join()

        assert (check(growing).number, check(growing).broken) == (5 * len(FIVE), None)

    def test_is_whole_though_it_grows_while_it_is_read(self, growing, monkeypatch):
        with growing.reading() as session:
            found = session.get_one

            def get_one(*which):
                head = found(*which)
                write(growing, "meanwhile")
                return head

            monkeypatch.setattr(session, "get_one", get_one)

            assert audit.check(session).broken is None

    def test_from_before_there_was_a_chain_is_bound_as_the_service_binds_it(self, growing):
        migrate(growing, revision="0027")
        migrate(growing)

        assert (check(growing).number, check(growing).broken) == (len(FIVE), None)

    @pytest.fixture
    def growing(self, store):
        return begin(store)


def write(store, *actions):
    """Write these down, each by itself."""
    for one in actions:
        with store.writing() as session:
            audit.record(session, None, one, "ours", now=NOON)


def hash_at(store, number):
    """The hash that the entry at this place has."""
    with store.reading() as session:
        return session.scalar(select(AuditEntry.hash).where(AuditEntry.number == number))


def begin(store):
    """Let five things be done, by an officer and together at first; return the store."""
    with store.writing() as session:
        officer = make_officer(session)
        for one in FIVE[:2]:
            audit.record(session, officer, one, "ours", now=NOON)
    write(store, *FIVE[2:])
    return store


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def kept(request, tmp_path_factory):
    """A store in which five things were done; no test changes it for good."""
    if request.param == "sqlite":
        database = new_sqlite(tmp_path_factory.mktemp("audit"))
    else:
        database = new_postgres(request.getfixturevalue("postgres_address"))
    yield begin(database)
    database.close()
