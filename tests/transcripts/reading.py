"""Whole conversations as text, read.

`> words` are typed, `> (voice)` is sent, `[words]` is the newest button that says so, `< words` is
a line of what is said back, `= question: values` is what is stored at the end.
"""

from dataclasses import dataclass, field
from pathlib import Path

from surveys.answers import Answer
from surveys.turns import Event, Media, Start, Tap, Text
from tests.surveys.talk import Talk
from tests.voice.services.chatting import Chatter

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


def in_lines(answers: dict[str, Answer]) -> list[str]:
    return [
        f"{code}: {' | '.join(answer.values) or '(skipped)'}"
        + (f" ({answer.other})" if answer.other else "")
        for code, answer in answers.items()
    ]
