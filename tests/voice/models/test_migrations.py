"""Changes of the schema with people's answers in it: not one row is lost, up or down (REL-8)."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from voice import sealed
from voice.database import migrate
from voice.errors import MigrationError
from voice.models import Channel
from voice.services.concerns import Heard, screen_words

REVISIONS = sorted(Path(__file__).parents[3].glob("migrations/versions/0*.py"))
KEPT = {
    "consultation": "id, slug, title, survey_code, team",
    "survey_version": "id, number, definition",
    "response": "id, respondent, reference",
    "answer": 'id, response_id, question, "values"',
    "concern": "id, words, category",
}


@pytest.fixture
def answered(store):
    """A store with an answered consultation and a concern in it."""
    with store.writing() as session:
        ours = make_consultation(session)
        said = make_response(session, ours, capacity="individual", important="More buses")
        words = "my dad hits me every night"
        heard = Heard(ours.id, Channel.WEB, words, "important", said.id)
        assert screen_words(session, heard, now=NOON) is not None
    return store


def rows_in(store):
    """Everything in the tables that were there from the first, unsealed."""
    with store.engine.connect() as connection:
        found = {
            table: connection.execute(text(f"SELECT {columns} FROM {table}")).all()  # noqa: S608 - our own names
            for table, columns in KEPT.items()
        }
    return {table: sorted([*map(_plain, row)] for row in rows) for table, rows in found.items()}


def _plain(value):
    """Return a value as it was before words were sealed."""
    written = value if isinstance(value, str) else json.dumps(value, default=str)
    return (
        sealed.unseal(written.strip('"').partition(" ")[0]) if sealed.MARK in written else written
    )


def test_every_step_down_and_up_keeps_every_row(answered):
    before = rows_in(answered)

    for _ in REVISIONS[1:]:
        migrate(answered, revision="-1")
        assert rows_in(answered) == before
    for revision in REVISIONS[1:]:
        migrate(answered, revision=revision.name[:4])
        assert rows_in(answered) == before

    assert all(before.values())


def test_what_was_written_before_lies_sealed_afterwards(answered):
    since = [each for each in REVISIONS if each.name[:4] > "0032"]
    migrate(answered, revision=f"-{len(since)}")
    in_the_open = sealed_among(answered)
    migrate(answered)

    assert in_the_open == [False, False]
    assert sealed_among(answered) == [True, True]


def sealed_among(store):
    """Whether the concern's words and an answer's are sealed, as the store holds them."""
    asked = ("SELECT words FROM concern", 'SELECT "values" FROM answer')
    with store.engine.connect() as connection:
        return [sealed.MARK in str(connection.scalar(text(each))) for each in asked]


def test_foreign_keys_hold_again_afterwards(answered):
    migrate(answered, revision="-1")
    migrate(answered)

    with pytest.raises(IntegrityError), answered.engine.begin() as connection:
        connection.execute(text("UPDATE answer SET response_id = NULL"))
    nobodys = text("UPDATE answer SET response_id = '00000000000000000000000000000000'")
    with pytest.raises(IntegrityError), answered.engine.begin() as connection:
        connection.execute(nobodys)


def test_a_change_that_would_orphan_rows_is_not_made(database):
    with database.writing() as session:
        make_response(session, make_consultation(session), important="More buses")
    raw = database.engine.raw_connection()
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("DELETE FROM response")
    raw.execute("PRAGMA foreign_keys=ON")
    raw.close()

    with pytest.raises(MigrationError, match="answer"):
        migrate(database, revision="-1")
