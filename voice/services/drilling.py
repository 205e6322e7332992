"""A drill: steps played one after the other in a store of its own, each timed and checked."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from surveys.definition import read_from_library
from surveys.turns import Command, Event, Message, Start, Tap, Text
from voice.config import Council, Helpline, Safety, Settings
from voice.database import Database
from voice.models import Channel, Chat
from voice.reports.drill import Act, Step
from voice.services import chat_ahead, chats
from voice.services.chat_arrivals import Arrival
from voice.services.consultations import Opening, open_consultation

SLUG = "drill"
SURVEY = "hmip_viewpoint"
QUESTIONS_WITHOUT_WORDS = 3  # that come before the first that asks for words
COUNCIL = Council(
    name="The council of the drill",
    address="https://voice.example",
    own_helplines=(
        Helpline(name="First Response", number="01632 960001", serves=("first_response",)),
        Helpline(name="First Response at night", number="01632 960002", serves=("out_of_hours",)),
    ),
    safety=Safety(
        lead="lead@council.example",
        deputy="deputy@council.example",
        duty="duty@council.example",
        lado="lado@council.example",
    ),
)


class DrillFailedError(Exception):
    """What a step found is not what was promised; the message says what."""


Played = Sequence[tuple[str, Callable[[], str]]]


def play(title: str, steps: Played) -> Act:
    """Play steps in their order, each a promise with what checks it, until one fails."""
    return Act(title, tuple(_play_until_one_fails(steps)), len(steps))


def _play_until_one_fails(steps: Played) -> Iterator[Step]:
    for promise, act in steps:
        began = time.perf_counter()
        try:
            found, has_passed = act(), True
        except Exception as error:  # noqa: BLE001 - whatever breaks in a step, the step has failed
            found, has_passed = f"{type(error).__name__}: {error}", False
        yield Step(promise, found, (time.perf_counter() - began) * 1000, has_passed)
        if not has_passed:
            return


def check(has_held: bool, otherwise: str) -> None:
    """Make sure of something.

    Raises:
        DrillFailedError: if it does not hold, saying what is so `otherwise`.
    """
    if not has_held:
        raise DrillFailedError(otherwise)


class Person:
    """Somebody who chats, by everything that a messenger's receiver does but the network."""

    def __init__(self, database: Database, settings: Settings, name: str, now: datetime) -> None:
        self._database, self._settings = database, settings
        self._name, self.now = name, now
        self._ids = count(1)
        self._shown: list[Message] = []
        self.chat: Chat | None = None

    def begin(self) -> str:
        """Go to the first question that asks for words, and return all that was said on the way."""
        said = [self._send(Start(), payload=SLUG), self.press("16 or over"), self.type("yes")]
        said += [self.send(Command("skip")) for _ in range(QUESTIONS_WITHOUT_WORDS)]
        return "\n\n".join(said)

    def type(self, words: str) -> str:
        """Send words, and return what was said in answer."""
        return self._send(Text(words))

    def press(self, label: str) -> str:
        """Press the newest button with this label, and return what was said in answer."""
        found = (
            button.token
            for message in reversed(self._shown)
            for row in message.rows
            for button in row
            if label in button.label
        )
        token = next(found, None)
        if token is None:
            raise DrillFailedError(f"there is no button “{label}”")
        return self._send(Tap(token))

    def send(self, event: Event) -> str:
        """Send a command, and return what was said in answer."""
        return self._send(event)

    def _send(self, event: Event, payload: str = "") -> str:
        number = f"{self._name}-{next(self._ids)}"
        arrival = Arrival(Channel.TELEGRAM, number, self._name, event, payload=payload)
        look = partial(chat_ahead.look, arrival=arrival, settings=self._settings)
        with self._database.writing(look) as session:
            received = chats.receive(session, arrival, self._settings, now=self.now)
        self._shown.extend(received.messages)
        self.chat = received.chat
        return "\n\n".join(each.text for each in received.messages)


def open_drill(database: Database, *, now: datetime) -> None:
    """Open a real questionnaire for young people, in the store of the drill."""
    opening = Opening(SLUG, "drill", now - timedelta(days=1), now + timedelta(days=7))
    with database.writing() as session:
        survey = read_from_library(SURVEY)
        open_consultation(session, survey, opening, council=COUNCIL, now=now - timedelta(days=1))
