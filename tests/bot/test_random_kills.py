"""Killed at random moments: nothing lost that was acknowledged, nothing twice (REL-3, REL-4).

Three receivers and one sender at work, on each store. 10 rounds; 100 with `make soak`.
"""

import os
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from surveys.definition import read_survey
from surveys.turns import Message
from tests.bot.forked import ForkedBot
from tests.bot.phone import Phone
from tests.bot.running import (
    SECRET_KEY,
    WEBHOOK_SECRET,
    free_port,
    no_hour_is_quiet,
    open_survey,
    wait_for_webhook,
)
from tests.stores import new_postgres, new_sqlite, postgres_server
from voice.clock import current_time
from voice.database import Database
from voice.models import (
    AnswerRow,
    Channel,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    Inbound,
    Participant,
    Response,
)
from voice.services import deliveries
from voice.services.sealing import seal

ROUNDS = 100 if os.environ.get("VOICE_SOAK") == "1" else 10
RECEIVERS = 3
AT_ONCE = 4  # people who answer at the same time
NEWS = 40  # people who are told something meanwhile
SURVEY = read_survey(
    """
    code: short
    title: A short one
    about:
      what: We ask three things.
      why: To hear them all.
      who_for: Everybody.
      minutes: 1
      what_happens: We read it.
      who_reads: A small team.
    questions:
      - code: good
        kind: choice
        text: Was it good?
        options: [{code: good, label: Good}, {code: bad, label: Bad}]
      - code: often
        kind: choice
        text: How often?
        options: [{code: often, label: Often}, {code: never, label: Never}]
      - {code: said, kind: free_text, text: What would you say?}
    """
)


@pytest.fixture(scope="module")
def postgres_address(tmp_path_factory):
    with postgres_server(tmp_path_factory.mktemp("postgres")) as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request, tmp_path):
    if request.param == "sqlite":
        database = new_sqlite(tmp_path)
    else:
        database = new_postgres(request.getfixturevalue("postgres_address"))
    open_survey(database, SURVEY)
    yield database
    database.close()


class Crew:
    """Three receivers and a sender, each of which may be killed and started again."""

    def __init__(self, home, api, database: Database) -> None:
        address = database.engine.url.render_as_string(hide_password=False)
        self.bots = []
        for place in range(RECEIVERS + 1):
            room = home / f"bot{place}"
            room.mkdir()
            no_hour_is_quiet(room)
            told = {"VOICE_DATABASE_URL": address, "VOICE_TELEGRAM_WEBHOOK_SECRET": WEBHOOK_SECRET}
            self.bots.append(ForkedBot(room, api.url, api.token, **told))
        self.ports = [free_port() for _ in range(RECEIVERS)]
        api.receivers = [f"http://127.0.0.1:{port}/" for port in self.ports]
        api.webhook = {"url": api.receivers[0], "secret": WEBHOOK_SECRET}

    def start(self, place: int) -> None:
        if place == RECEIVERS:
            self.bots[place].start("--role", "sender")
            return
        said = ("--mode", "webhook", "--role", "receiver", "--keep-webhook", "--port")
        self.bots[place].start(*said, str(self.ports[place]))

    def start_all(self) -> None:
        for place in range(RECEIVERS + 1):
            self.start(place)
        for port in self.ports:
            wait_for_webhook(port)

    def kill(self, place: int) -> None:
        self.bots[place].kill()


@pytest.fixture
def crew(tmp_path, api, database):
    crew = Crew(tmp_path, api, database)
    crew.start_all()
    yield crew
    for bot in crew.bots:
        bot.kill()


def hold_a_conversation(api, chat, chance):
    """Answer the whole survey by pressing and typing; return what was answered."""
    phone = Phone(api, chat)
    good, often = chance.choice(["Good", "Bad"]), chance.choice(["1", "2"])
    words = f"Said by nobody but {chat}"
    phone.come_in()
    phone.type("yes")
    phone.reads("Was it good?")
    phone.press(good)
    phone.reads("How often?")
    phone.type(often)
    phone.reads("What would you say?")
    phone.type(words)
    phone.reads("Shall we tell you")
    phone.press("No, thanks")
    phone.reads("Your reference is")
    chosen = {"1": "often", "2": "never"}[often]
    return {("good", good.lower()), ("often", chosen), ("said", words)}


def put_news_in_the_outbox(database):
    """Write one message for each of many people, to be sent once at most."""
    with database.writing() as session:
        for number in range(NEWS):
            chat = str(9_000_000 + number)
            person = Participant(
                channel=Channel.TELEGRAM, address_hash=f"news {chat}", created_at=current_time(),
                address_sealed=seal(SECRET_KEY, chat),
            )  # fmt: skip
            session.add(person)
            session.flush()
            deliveries.queue_for_one(
                session, person, Message("News"), reference=f"news:{chat}", now=current_time()
            )
        for delivery in session.scalars(select(Delivery)):
            delivery.due_at = current_time()  # whatever the hour is


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_and_nothing_is_taken_or_told_twice(crew, api, database):
    chance = random.Random(ROUNDS)
    put_news_in_the_outbox(database)
    are_over = threading.Event()
    numbers = iter(range(1000, 1_000_000))
    answered = {}

    def keep_answering(seed):
        own = random.Random(seed)
        while not are_over.is_set():
            chat = next(numbers)
            answered[chat] = hold_a_conversation(api, chat, own)

    killed = Counter()
    with ThreadPoolExecutor(AT_ONCE) as people:
        talking = [people.submit(keep_answering, seed) for seed in range(AT_ONCE)]
        for _ in range(ROUNDS):
            place = chance.randrange(RECEIVERS + 1)
            time.sleep(chance.random())
            crew.kill(place)
            killed[place] += 1
            crew.start(place)
        are_over.set()
        for each in talking:
            each.result()
    api.wait_until(lambda: not waiting(database))

    check_answers(database, answered)
    check_updates(database, api)
    check_news(database, api, most_uncertain=killed[RECEIVERS] * 15)


def waiting(database):
    with database.reading() as session:
        found = select(Delivery.id).where(Delivery.status == DeliveryStatus.WAITING)
        return session.scalars(found).all()


def check_answers(database, answered):
    """Each person has one response, which holds what they said and nothing else."""
    with database.reading() as session:
        sent = session.scalars(select(Response.id).where(Response.submitted_at.is_not(None))).all()
        stored: dict[object, set[tuple[str, str]]] = {}
        for row in session.scalars(select(AnswerRow)):
            stored.setdefault(row.response_id, set()).add((row.question, row.values[0]))
    by_words = sorted(stored.values(), key=sorted)
    assert len(sent) == len(answered) >= AT_ONCE
    assert by_words == sorted(answered.values(), key=sorted)


def check_updates(database, api):
    """Whatever was answered with 200 is kept, and everything was in the end."""
    with database.reading() as session:
        taken = set(session.scalars(select(Inbound.external_id)))
    acknowledged = {str(update) for update, status in api.deliveries if status == 200}
    assert acknowledged == taken == {str(update) for update, _ in api.deliveries}


def check_news(database, api, *, most_uncertain):
    with database.reading() as session:
        fates = Counter(
            session.scalars(select(Delivery.status).where(Delivery.kind == DeliveryKind.BROADCAST))
        )
    shown = [len(api.chats[9_000_000 + number]) for number in range(NEWS)]
    assert max(shown) == 1
    assert sum(shown) >= fates[DeliveryStatus.SENT]
    assert fates[DeliveryStatus.UNCERTAIN] <= most_uncertain
    assert sum(fates.values()) == NEWS
