"""Measure what one submission costs the server: 19 questions on four pages, eight people at once.

    python -m benchmarks.submissions [STORED …]

For each number of responses STORED already (50, 5,000 and 50,000 unless said), the service is
started by the Procfile's own command (two workers) on SQLite in durable mode, and eight
people fill in and send `benchmarks/data/nineteen_questions.yaml` over loopback, page after page,
as a browser without script does. Measured are, against the limits below:

- CPU: user and system time of every process of the server, by submission;
- submissions a second, while the eight share the machine's cores with it;
- growth: CPU with the most stored, by CPU with the fewest;
- SQL statements: the most that one page sends, those that begin and end a transaction among them.

Exit code 1 when a limit is broken. The machine's other work shows in every figure but the last.
"""

import gzip
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import event, insert

from surveys.definition import read_survey_file
from voice.app import create_app
from voice.config import Council, Settings
from voice.database import migrate
from voice.models import AnswerRow, Channel, Response
from voice.services import keys
from voice.services.consultations import Opening, open_consultation
from voice.services.stores import open_store

SURVEY = Path(__file__).parent / "data" / "nineteen_questions.yaml"
SLUG = "nineteen"
STORED = (50, 5_000, 50_000)
PEOPLE, EACH_SENDS, WARM_UP = 8, 15, 2
LIMIT_CPU_MS, LIMIT_RATE, LIMIT_GROWTH, LIMIT_STATEMENTS = 40, 30, 1.25, 8
SECRET = "a key for the benchmark alone, and for no service 0123456789"  # noqa: S105 - secret to nobody
WORDS = "Please keep the centre in the town open in the evening, because we work and it is far."
GIVEN = {
    "you": "person", "know": "some", "used": ["centre", "visit"], "agree": "a", "important": WORDS,
    "near": "sa", "evening": "a", "online": "n", "missing": WORDS, "better": WORDS,
    "children": "2", "ages": ["small", "school"], "travel": "bus", "minutes": "25",
    "where": "HP20 1UA", "age": "middle", "disabled": "no", "satisfied": "s", "else": WORDS,
}  # fmt: skip
_HIDDEN = re.compile(r'name="(csrf_token|press|shown)"[^>]*value="([^"]*)"')
_FIELD = re.compile(r' name="([a-z_]+)"')


@dataclass(frozen=True, slots=True)
class Measured:
    """What the submissions of one run cost."""

    stored: int
    cpu_ms: float
    rate: float


class Browser:
    """One person's browser without script: a connection that stays open, and cookies."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def fetch(self, address: str, sent: dict[str, object] | None = None) -> tuple[str, str]:
        """Open an address or send a form to it; return its words and where it leads."""
        cookies = "; ".join(f"{name}={key}" for name, key in self.cookies.items())
        headers = {"Cookie": cookies, "Accept-Encoding": "gzip"}
        body = urlencode(sent, doseq=True) if sent is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("GET" if body is None else "POST", address, body, headers)
        reply = self.connection.getresponse()
        held = reply.read()
        is_squeezed = reply.headers.get("Content-Encoding") == "gzip"
        words = (gzip.decompress(held) if is_squeezed else held).decode()
        if reply.status >= 400:
            raise RuntimeError(f"{address} answered {reply.status}")
        for each in reply.headers.get_all("Set-Cookie", []):
            name, _, key = each.partition(";")[0].partition("=")
            self.cookies[name] = key
        return words, reply.headers.get("Location", "")


def submit(browser: Browser) -> int:
    """Fill in the whole survey and send it in; return how many pages asked for answers."""
    browser.cookies.clear()
    words, _ = browser.fetch(f"/consultations/{SLUG}")
    _, address = browser.fetch(f"/consultations/{SLUG}", _hidden_in(words))
    pages = 0
    while "/sent" not in address:
        words, _ = browser.fetch(address)
        asked = {name: GIVEN[name] for name in set(_FIELD.findall(words)) if name in GIVEN}
        pages += bool(asked)
        words, address = browser.fetch(address, _hidden_in(words) | asked)
        if not address:
            raise RuntimeError(f"a page came back: {re.findall('error-message[^<]*<[^<]*', words)}")
    words, _ = browser.fetch(address)
    if "reference" not in words:
        raise RuntimeError("no receipt")
    return pages


def _hidden_in(words: str) -> dict[str, object]:
    """Return what a page sends along unseen; a name that comes again has a list."""
    found: dict[str, list[str]] = {}
    for name, value in _HIDDEN.findall(words):
        found.setdefault(name, []).append(value)
    return dict(found)


def make_store(home: Path, *, stored: int) -> Settings:
    """Make a durable store with the consultation and `stored` responses; return its settings."""
    settings = Settings(
        home=home,
        database_url=f"sqlite:///{home / 'voice.db'}",
        secret_key=SECRET,
        council=Council(name="Benchmark"),
    )
    database = open_store(settings)
    migrate(database)
    now = datetime.now(UTC)
    opening = Opening(SLUG, "families", now - timedelta(days=1), now + timedelta(days=1))
    with database.writing() as session:
        asked = open_consultation(
            session, read_survey_file(SURVEY), opening, council=settings.council, now=now
        )
        version = asked.versions[0].id
        for start in range(0, stored, 1_000):
            rows = [_response(asked.id, version, now) for _ in range(min(1_000, stored - start))]
            session.execute(insert(Response), rows)
            session.execute(insert(AnswerRow), [each for row in rows for each in _answers(row)])
    database.close()
    return settings


def _response(consultation: object, version: object, now: datetime) -> dict[str, object]:
    return {
        "id": uuid4(),
        "consultation_id": consultation,
        "survey_version_id": version,
        "channel": Channel.WEB,
        "respondent": keys.new_pseudonym(),
        "reference": keys.new_reference(),
        "key_hash": keys.hash_key(keys.new_key()),
        "started_at": now,
        "submitted_at": now,
    }


def _answers(response: dict[str, object]) -> Iterator[dict[str, object]]:
    for question, given in GIVEN.items():
        yield {
            "response_id": response["id"],
            "question": question,
            "values": given if isinstance(given, list) else [given],
            "answered_at": response["started_at"],
        }


@contextmanager
def started(settings: Settings) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Serve by the Procfile's own command; give the port and the first process."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "VOICE_HOME": str(settings.home),
        "VOICE_DATABASE_URL": settings.database_url,
        "VOICE_SEALING_KEYS": str(settings.keys_file),
        "VOICE_SECRET_KEY": SECRET,
        "PORT": str(port),
    }
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(_command_of("web"), env=environment, stdout=quiet, stderr=quiet)  # noqa: S603
    try:
        _wait_for(port)
        yield port, server
    finally:
        server.terminate()
        server.wait(timeout=30)


def _command_of(part: str) -> list[str]:
    """Return the command that the Procfile starts a part of the service with."""
    lines = (Path(__file__).parents[1] / "Procfile").read_text().splitlines()
    (command,) = [line.partition(": ")[2] for line in lines if line.startswith(f"{part}: ")]
    return ["sh", "-c", f'PATH="{Path(sys.executable).parent}:$PATH"; exec {command}']


def _wait_for(port: int) -> None:
    for _ in range(300):
        browser = Browser(port)
        try:
            browser.fetch("/health")
        except (OSError, RuntimeError):
            time.sleep(0.1)
        else:
            return
        finally:
            browser.connection.close()
    raise RuntimeError("the server did not start")


def cpu_seconds(pid: int) -> float:
    """Return the user and system time of a process and its children that run now."""
    pids = [pid, *_children(pid)]
    ticks = 0
    for each in pids:
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def measure(settings: Settings, *, stored: int) -> Measured:
    """Let eight people send their answers in at once, and return what it cost the server."""
    with started(settings) as (port, server), ThreadPoolExecutor(PEOPLE) as people:
        pid = server.pid
        _send(people, port, each_sends=WARM_UP)
        cpu, began = cpu_seconds(pid), time.monotonic()
        sent = _send(people, port, each_sends=EACH_SENDS)
        took, spent = time.monotonic() - began, cpu_seconds(pid) - cpu
    return Measured(stored, spent / sent * 1000, sent / took)


def _send(people: ThreadPoolExecutor, port: int, *, each_sends: int) -> int:
    def send(_: int) -> int:
        browser = Browser(port)
        return sum(submit(browser) == 4 for _ in range(each_sends))

    sent = sum(people.map(send, range(PEOPLE)))
    if sent != PEOPLE * each_sends:
        raise RuntimeError("the survey was not asked on four pages")
    return sent


def most_statements(settings: Settings) -> int:
    """Return how many statements the page that sends most sends to the store."""
    database = open_store(settings)
    app = create_app(settings, database)
    sent: list[int] = [0]
    event.listen(database.engine, "before_cursor_execute", lambda *_: _count(sent))
    app.before_request(lambda: sent.append(0))
    browser = _InProcess(app.test_client())
    submit(browser)  # type: ignore[arg-type] # fetches in the same way
    database.close()
    return max(sent)


def _count(sent: list[int]) -> None:
    sent[-1] += 1


class _InProcess:
    """A browser that calls the application itself."""

    def __init__(self, client: object) -> None:
        self.client = client
        self.cookies: dict[str, str] = {}

    def fetch(self, address: str, sent: dict[str, object] | None = None) -> tuple[str, str]:
        """Open an address or send a form to it; return its words and where it leads."""
        client = self.client
        reply = client.get(address) if sent is None else client.post(address, data=sent)  # type: ignore[attr-defined]
        return reply.text, reply.headers.get("Location", "")


def main(stored: tuple[int, ...] = STORED) -> int:
    """Print every figure beside its limit; return 1 if one is broken."""
    measured: list[Measured] = []
    print(f"{'stored':>8} {'CPU ms':>8} {'of 40':>7} {'a second':>9} {'of 30':>7}")
    for many in stored:
        with tempfile.TemporaryDirectory() as folder:
            settings = make_store(Path(folder), stored=many)
            found = measure(settings, stored=many)
            statements = most_statements(settings)
        measured.append(found)
        print(
            f"{many:>8,} {found.cpu_ms:>8.1f} {found.cpu_ms / LIMIT_CPU_MS:>7.2f} "
            f"{found.rate:>9.1f} {found.rate / LIMIT_RATE:>7.2f}",
            flush=True,
        )
    growth = measured[-1].cpu_ms / measured[0].cpu_ms
    print(f"growth of CPU from {stored[0]:,} to {stored[-1]:,} stored: {growth:.2f} (limit 1.25)")
    print(f"SQL statements of the page that sends most: {statements} (limit {LIMIT_STATEMENTS})")
    is_kept = (
        all(each.cpu_ms <= LIMIT_CPU_MS and each.rate >= LIMIT_RATE for each in measured)
        and growth <= LIMIT_GROWTH
        and statements <= LIMIT_STATEMENTS
    )
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main(tuple(map(int, sys.argv[1:])) or STORED))
