"""Whole conversations as text, replayed as written: alone, on Telegram and in the web chat.

`> words` are typed, `> (voice)` is sent, `[words]` is the newest button that says so, `< words` is
a line of what is said back, `= question: values` is what is stored at the end.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from surveys.answers import Answer
from surveys.definition import read_from_library
from surveys.turns import Event, Media, Start, Tap, Text
from tests.stores import new_sqlite
from tests.surveys.talk import Talk
from tests.voice.services.chatting import OLD_ENOUGH, Chatter, open_survey, settings_for
from voice.models import Channel

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))


@dataclass
class Written:
    """A transcript as it was read."""

    survey: str = ""
    turns: list[tuple[str, list[str]]] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)


def read(path: Path) -> Written:
    written = Written()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("survey: "):
            written.survey = line.removeprefix("survey: ")
        elif line.startswith(("> ", "[")):
            written.turns.append((line, []))
        elif line.startswith("< "):
            written.turns[-1][1].append(line[2:])
        elif line.startswith("= "):
            written.stored.append(line[2:])
    return written


def event_of(move: str, person: Talk | Chatter) -> Event:
    if move.startswith("["):
        return Tap(person.token(move[1:-1]))
    words = move[2:]
    if words == "/start":
        return Start()
    return Media(words[1:-1]) if words.startswith("(") else Text(words)


def hold(written: Written, person: Chatter) -> None:
    """Hold a conversation as it is written, by somebody old enough wherever that is asked."""
    for move, _ in written.turns:
        person.on(event_of(move, person))
        if person.is_asked_age:
            person.press(OLD_ENOUGH)


def in_lines(answers: dict[str, Answer]) -> list[str]:
    return [
        f"{code}: {' | '.join(answer.values) or '(skipped)'}"
        + (f" ({answer.other})" if answer.other else "")
        for code, answer in answers.items()
    ]


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
