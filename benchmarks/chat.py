"""Measure the chat: updates taken in durably, the sender's pace, replies beside a broadcast, turns.

    python -m benchmarks.chat

1. **Updates a second**: a receiver, as `python -m bot --role receiver` starts it, on SQLite in
   durable mode, which takes one writer: a second receiver would only wait for the first. Eight
   posters deliver updates straight to its webhook, each for people of its own, one update after
   the other; the first second, in which both programs warm up, is left out.
   Measured beside the store's bare limit in the same run: how often a second one row can be
   committed in the same folder.
2. **Pace**: a sender drains a broadcast to 10,000 people at a Bot API on loopback, which refuses
   with 429 whatever comes faster than 30 a second (with half a second's slack).
3. **Replies beside it**: meanwhile somebody is answered every quarter of a second; how long until
   the answer is there.
4. **Turns**: whole conversations through the pure turn, in processor time.

Exit code 1 when a limit is broken. The machine's other work shows in every figure.
"""

import json
import os
import socket
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import insert

from surveys.conversation import take_turn
from surveys.definition import read_from_library
from surveys.turns import Event, Message, Scene, Start, State, Text
from tests import keys
from tests.bot.bot_api import BotApiServer
from tests.bot.running import (
    SECRET_KEY,
    WEBHOOK_SECRET,
    RunningBot,
    free_port,
    prepare,
    wait_for_webhook,
)
from voice.clock import current_time
from voice.database import Database
from voice.models import Channel, Delivery, DeliveryKind, Participant
from voice.services import deliveries
from voice.services.sealing import seal

RECEIVERS, POSTERS, WARM_UP, SECONDS = 1, 8, 1.0, 8.0
END_OF_HEADERS = b"\r\n\r\n"
BROADCAST, REPLY_EVERY = 10_000, 0.25
LIMIT_RATE, LIMIT_P99_MS, LIMIT_PACE, LIMIT_REPLY, LIMIT_TURNS = 500, 150, 0.05, 1.0, 100_000
SAID = ("/start", "16", "yes", "1", "2", "3", "My worker listens", "More trips", "no")
SCENE = Scene("Benchmark", ("Emergency: 999",), "/outcomes")


def measure_bare_commits(home: Path, *, seconds: float = 2.0) -> float:
    """Return how many rows a second SQLite commits here, one by one, safe from a power cut."""
    store = sqlite3.connect(home / "bare.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        store.execute(f"PRAGMA {pragma}")
    store.execute("CREATE TABLE bare (number INTEGER PRIMARY KEY, words TEXT)")
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        store.execute("INSERT INTO bare (words) VALUES (?)", ("x" * 300,))
        count += 1
    took = time.perf_counter() - start
    store.close()
    return count / took


def measure_updates(home: Path, api: BotApiServer) -> list[float]:
    """Return how long each update took that was delivered in `SECONDS`, in seconds."""
    prepare(home).close()
    ports = [free_port() for _ in range(RECEIVERS)]
    with _bots(home, api, [_as_receiver(port) for port in ports]):
        for port in ports:
            wait_for_webhook(port)
        begin = time.perf_counter() + WARM_UP
        until = begin + SECONDS
        with ThreadPoolExecutor(POSTERS) as posters:
            posts = [
                posters.submit(_post_until, begin, until, ports[place % RECEIVERS], place)
                for place in range(POSTERS)
            ]
            return [each for post in posts for each in post.result()]


def _as_receiver(port: int) -> list[str]:
    return ["--mode", "webhook", "--role", "receiver", "--keep-webhook", "--port", str(port)]


@contextmanager
def _bots(home: Path, api: BotApiServer, told: list[list[str]]) -> Iterator[None]:
    started = []
    for arguments in told:
        bot = RunningBot(home, api.url, api.token, VOICE_TELEGRAM_WEBHOOK_SECRET=WEBHOOK_SECRET)
        started.append(bot.start(*arguments))
    try:
        yield
    finally:
        for bot in started:
            bot.kill()


def _post_until(begin: float, until: float, port: int, place: int) -> list[float]:
    """Hold one conversation after the other; return how long each update after `begin` took."""
    took: list[float] = []
    number = (place + 1) * 1_000_000
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while True:
            chat = number + 1
            for text in SAID:
                number += 1
                asked = _request(port, number, chat, text)
                start = time.perf_counter()
                if start > until:
                    return took
                connection.sendall(asked)
                reply = connection.recv(65_536)
                if not reply.startswith(b"HTTP/1.1 200 ") or not reply.endswith(END_OF_HEADERS):
                    raise RuntimeError(f"an update was answered with {reply[:100]!r}")
                if start >= begin:
                    took.append(time.perf_counter() - start)


def _request(port: int, number: int, chat: int, text: str) -> bytes:
    """Return an update as Telegram posts it, written by hand: a client library costs us the core.

    An update that is kept is answered with no body.
    """
    said = {"message_id": number, "chat": {"id": chat, "type": "private"}, "text": text}
    body = json.dumps({"update_id": number, "message": said}).encode()
    head = (
        f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {WEBHOOK_SECRET}\r\nContent-Length: {len(body)}"
    )
    return head.encode() + END_OF_HEADERS + body


def measure_sender(home: Path, api: BotApiServer) -> tuple[float, list[float]]:
    """Return the sender's messages a second, and how long each reply took beside the broadcast."""
    store = prepare(home)
    people = _put_broadcast(store)
    api.most_a_second = 30
    late = []
    with _bots(home, api, [["--role", "sender"]]):
        api.wait_until(lambda: len(api.called("sendMessage")) > 30, seconds=60)
        start = time.monotonic()
        while time.monotonic() - start < SECONDS:
            chat = people + len(late)
            asked = time.perf_counter()
            _put_reply(store, chat)
            _wait_for_message(api, chat)
            late.append(time.perf_counter() - asked)
            time.sleep(REPLY_EVERY)
        took = time.monotonic() - start
        sent = sum(start <= call.at < start + took for call in api.called("sendMessage"))
    store.close()
    return sent / took, late


def _put_broadcast(store: Database) -> int:
    """Write a message to each of many people; return the first number that is nobody's yet."""
    sealed = [seal(SECRET_KEY, str(1_000 + number)) for number in range(BROADCAST)]
    now = current_time()
    with store.writing() as session:
        people = [
            Participant(
                channel=Channel.TELEGRAM, address_hash=each, created_at=now, address_sealed=each
            )
            for each in sealed
        ]
        session.add_all(people)
        session.flush()
        news = Message("You said. We did.").to_json()
        session.execute(
            insert(Delivery),
            [
                {
                    "participant_id": each.id, "channel": Channel.TELEGRAM,
                    "kind": DeliveryKind.BROADCAST, "reference": f"news:{each.id}", "due_at": now,
                    "body": {"message": news, "to": each.address_sealed, "edit": None, "tap": None},
                }
                for each in people
            ],
        )  # fmt: skip
    return 1_000 + BROADCAST


def _put_reply(store: Database, chat: int) -> None:
    with store.writing() as session:
        now = current_time()
        person = Participant(channel=Channel.TELEGRAM, address_hash=f"reply {chat}", created_at=now)
        session.add(person)
        session.flush()
        envelope = deliveries.Envelope(seal(SECRET_KEY, str(chat)))
        reply = deliveries.Reply(Message("Question 2"), envelope, reference=f"reply:{chat}")
        deliveries.queue_replies(session, person, [reply], now=now)


def _wait_for_message(api: BotApiServer, chat: int) -> None:
    until = time.monotonic() + 30
    while not api.chats.get(chat):
        if time.monotonic() > until:
            raise RuntimeError("a reply never came")
        time.sleep(0.005)


def measure_turns(*, seconds: float = 2.0) -> float:
    """Return how many turns a second of processor time the conversation takes."""
    survey = read_from_library("hmip_viewpoint")
    events: list[Event] = [Start(), *map(Text, SAID[2:])]
    count, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        state = State(session="s")
        for each in events:
            state = take_turn(survey, state, each, SCENE).state
        count += len(events)
    return count / (time.process_time() - start)


def main() -> int:
    """Print every figure beside its limit."""
    keys.lay_out()
    with tempfile.TemporaryDirectory() as folder, BotApiServer() as api:
        receiving, sending = Path(folder, "receiving"), Path(folder, "sending")
        receiving.mkdir()
        sending.mkdir()
        before = measure_bare_commits(receiving)
        took = measure_updates(receiving, api)
        (receiving / "bare.db").unlink()
        bare = (before + measure_bare_commits(receiving)) / 2
        pace, late = measure_sender(sending, api)
        refused = api.refused_for_pace
    rate, p99 = len(took) / SECONDS, statistics.quantiles(took, n=100)[98] * 1_000
    turns = measure_turns()
    shown = [
        ("updates a second", rate, f"at least {LIMIT_RATE}", rate >= LIMIT_RATE),
        ("99th of 100 took ms", p99, f"at most {LIMIT_P99_MS}", p99 <= LIMIT_P99_MS),
        ("sent a second", pace, "30, within 5 %", abs(pace / 30 - 1) <= LIMIT_PACE),
        ("refused with 429", refused, "none", refused == 0),
        ("slowest reply, s", max(late), f"at most {LIMIT_REPLY}", max(late) <= LIMIT_REPLY),
        ("turns a second", turns, f"at least {LIMIT_TURNS}", turns >= LIMIT_TURNS),
    ]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"bare commits a second: {bare:,.0f}; updates reach {rate / bare:.0%} of that")
    for name, figure, limit, is_kept in shown:
        print(f"{name:22} {figure:10,.1f}   {limit:18} {'kept' if is_kept else 'BROKEN'}")
    return 0 if all(is_kept for *_, is_kept in shown) else 1


if __name__ == "__main__":
    sys.exit(main())
