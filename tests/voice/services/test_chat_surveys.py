"""The place where a chat is, as it is written down at the end of each turn."""

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from tests.voice.services.chatting import NOON, somebody
from voice.models import Chat, Response
from voice.services.chat_surveys import keep_place, state_of


def test_is_kept_where_the_response_was_deleted_meanwhile(database, tmp_path):
    person = somebody(database, tmp_path).at_first_question()
    person.type("1")
    with database.writing() as session:
        chat = session.scalars(select(Chat).options(joinedload(Chat.response))).one()
        state = state_of(chat)
        session.connection().execute(delete(Response))

        keep_place(session, chat, state.but(step=state.step + 1), now=NOON)

    with database.reading() as session:
        kept = session.scalars(select(Chat)).one()
        assert (kept.response_id, kept.state["step"]) == (None, state.step + 1)
