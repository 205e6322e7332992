"""A response opened by its key is the one that SQLAlchemy reads, with all that hangs on it."""

import pytest
from sqlalchemy import event, inspect, select

from surveys.answers import Answer
from tests.conftest import NOON
from tests.factories import make_consultation
from voice.models import Channel, Response
from voice.services import opened, responses

SLUG = "bus"


@pytest.fixture
def begun(database):
    with database.writing() as session:
        consultation = make_consultation(session, slug=SLUG)
        return responses.start_response(session, consultation, Channel.WEB, now=NOON)


def open_it(session, begun, *, to_change=False):
    return responses.get_by_key(session, SLUG, begun.key, to_change=to_change)


def columns_of(one):
    return {each.key: getattr(one, each.key) for each in inspect(type(one)).column_attrs}


class TestAnOpenedResponse:
    def test_holds_what_sqlalchemy_reads(self, database, begun):
        with database.reading() as session, database.reading() as other:
            ours, theirs = open_it(session, begun), other.scalars(select(Response)).one()

            for mine, read in (
                (ours, theirs),
                (ours.consultation, theirs.consultation),
                (ours.version, theirs.version),
            ):
                assert columns_of(mine) == columns_of(read)
            assert [each.id for each in ours.consultation.versions] == [theirs.version.id]
            assert (ours.answers, ours.notes) == ({}, {})

    def test_is_known_to_the_session_and_is_one(self, database, begun):
        with database.reading() as session:
            ours = open_it(session, begun)

            assert inspect(ours).persistent
            assert session.scalars(select(Response)).one() is ours
            assert open_it(session, begun) is ours
            assert not session.dirty

    def test_keeps_what_is_changed_in_it(self, database, begun):
        with database.writing() as session:
            ours = open_it(session, begun, to_change=True)
            ours.wave = "spring"
            responses.record_answer(session, ours, Answer("q", ("yes",)), now=NOON)

        with database.reading() as session:
            read = session.scalars(select(Response)).one()
            assert (read.wave, read.key_hash) == ("spring", begun.response.key_hash)

    def test_does_not_undo_what_the_session_changed_meanwhile(self, database, begun):
        with database.writing() as session:
            ours = open_it(session, begun)
            ours.wave = "spring"

            assert open_it(session, begun).wave == "spring"

    def test_reads_the_wording_once_for_all(self, database, begun):
        with database.reading() as session:
            open_it(session, begun)
        opened._known.clear()
        statements = []
        event.listen(database.engine, "before_cursor_execute", lambda *it: statements.append(it[2]))

        for _ in range(3):
            with database.reading() as session:
                assert open_it(session, begun).version.definition

        assert len([each for each in statements if "definition" in each]) == 1
