"""`voice concern address`: whom a concern is about, read for a reason and written down."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from surveys.definition import read_from_library
from tests.conftest import NOON
from tests.voice.services.chatting import Chatter, open_survey
from tests.voice.themed import make_officer
from voice.config import read_settings
from voice.models import AuditEntry, Channel, Concern
from voice.services import committees, public_questions

HARM = "I want to kill myself"


class TestTheAddressOfAConcern:
    def test_is_printed_and_written_down_with_its_reason(self, voice, store):
        concern = _raise(store)

        result = voice("concern", "address", concern, "--reason", "police asked")

        assert result.output == "42\n"
        with store.reading() as session:
            read = session.scalars(
                select(AuditEntry).where(AuditEntry.action == "concern address read")
            ).one()
        assert read.subject == f"{concern}: police asked"

    @pytest.mark.parametrize("reason", [(), ("--reason", " ")], ids=["none", "empty"])
    def test_needs_a_reason(self, voice, store, reason):
        result = voice("concern", "address", _raise(store), *reason)

        assert result.exit_code != 0
        assert "42" not in result.output.splitlines()

    def test_of_a_web_chat_is_not_kept(self, voice, store):
        result = voice("concern", "address", _raise(store, Channel.WEB_CHAT), "--reason", "x")

        assert result.exit_code == 1
        assert "No address is kept" in result.output

    def test_of_a_question_to_a_committee_is_what_its_asker_left(self, voice, store):
        with store.writing() as session:
            committee = committees.add(session, make_officer(session), "A committee", now=NOON)
            asked = public_questions.Asked(HARM, reply_to="ann@example.org")
            public_questions.ask(
                session, read_settings(), committee, asked, press_key="one", now=NOON
            )
            concern = str(session.scalars(select(Concern.id)).one())

        assert voice("concern", "address", concern, "--reason", "x").output == "ann@example.org\n"

    def test_of_no_concern_is_an_error(self, voice, store):
        result = voice("concern", "address", str(uuid4()), "--reason", "x")

        assert result.exit_code == 1
        assert "no such concern" in result.output


def _raise(store, channel=Channel.TELEGRAM):
    open_survey(store, read_from_library("hmip_viewpoint"))
    person = Chatter(store, read_settings(), channel=channel).at_first_question()
    person.type(HARM)
    with store.reading() as session:
        return str(session.scalars(select(Concern.id)).first())
