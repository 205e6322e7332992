"""Whole conversations as text, replayed as written: alone, on Telegram and in the web chat.

How they are written is said in `reading.py`; by text they go in tests/bot/sms/test_transcripts.py.
"""

import pytest

from surveys.definition import read_from_library
from tests.stores import new_sqlite
from tests.surveys.talk import Talk
from tests.transcripts.reading import TRANSCRIPTS, Written, event_of, in_lines, read
from tests.voice.services.chatting import OLD_ENOUGH, Chatter, open_survey, settings_for
from voice.models import Channel


def hold(written: Written, person: Chatter) -> None:
    """Hold a conversation as it is written, by somebody old enough wherever that is asked."""
    for move, _ in written.turns:
        person.on(event_of(move, person))
        if person.is_asked_age:
            person.press(OLD_ENOUGH)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_goes_as_it_is_written(path):
    written = read(path)
    talk = Talk(read_from_library(written.survey))

    for move, expected in written.turns:
        said = talk.on(event_of(move, talk)).splitlines()
        assert [line for line in said if line.strip()] == expected, move

    assert in_lines(dict(talk.state.answers)) == written.stored


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.WEB_CHAT])
@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_and_stores_the_same_answers_on_every_channel(path, channel, tmp_path):
    written = read(path)
    database = new_sqlite(tmp_path)
    open_survey(database, read_from_library(written.survey))
    person = Chatter(database, settings_for(tmp_path), channel=channel)

    hold(written, person)

    assert sorted(in_lines(person.answers)) == sorted(written.stored)
    database.close()
