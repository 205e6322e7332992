"""A real bot process, to be talked to over loopback and killed without warning."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from pathlib import Path
from urllib.error import URLError

from surveys.definition import read_from_library
from surveys.engine import Survey
from tests import keys
from voice.clock import current_time
from voice.config import Council, Helpline, Safety, Settings
from voice.database import Database, migrate
from voice.services.consultations import Opening, open_consultation

REPOSITORY = Path(__file__).resolve().parents[2]
SECRET_KEY = "a-secret-for-tests-only-of-forty-characters"
WEBHOOK_SECRET = "webhook-secret-for-tests"
COUNCIL = Council(
    safety=Safety(lead="lead@council.example"),
    message_hours=(0, 24),  # so that a test means the same by day and by night
    name="Loopback Council",
    address="https://voice.example",
    own_helplines=(
        Helpline(
            name="First Response", number="01296 383962", serves=("first_response", "out_of_hours")
        ),
    ),
)


def no_hour_is_quiet(home: Path) -> None:
    """Let a service that runs in `home` send by night as by day."""
    (home / "council.yaml").write_text("message_hours: [0, 24]\n", encoding="utf-8")


def prepare(home: Path, *surveys: Survey) -> Database:
    """Return a migrated store in `home`, with each of these surveys open; no hour is quiet."""
    no_hour_is_quiet(home)
    database = Database(f"sqlite:///{home / 'voice.db'}")
    migrate(database)
    for survey in surveys or (read_from_library("hmip_viewpoint"),):
        open_survey(database, survey)
    return database


def settings_in(home: Path, **more: object) -> Settings:
    """Return the settings of a channel's program whose store is in `home`."""
    address = f"sqlite:///{home / 'voice.db'}"
    return Settings(home=home, database_url=address, secret_key=SECRET_KEY, council=COUNCIL, **more)


def open_survey(database: Database, survey: Survey, *, slug: str = "") -> None:
    now = current_time()
    opening = Opening(
        slug=slug or survey.code.replace("_", "-"),
        team="youth",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=7),
    )
    with database.writing() as session:
        open_consultation(session, survey, opening, council=COUNCIL, now=now)


class RunningBot:
    """One `python -m bot`, whose output is kept for a look."""

    def __init__(self, home: Path, api_url: str, token: str, **extra: str) -> None:
        self.home = home
        self.output = home / "bot.log"
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONWARNINGS": "error",
            "VOICE_HOME": str(home),
            "VOICE_SECRET_KEY": SECRET_KEY,
            "VOICE_SEALING_KEYS": str(keys.PATH),
            "VOICE_TELEGRAM_TOKEN": token,
            "VOICE_TELEGRAM_API": api_url,
            "VOICE_DATABASE_URL": f"sqlite:///{home / 'voice.db'}",
            **extra,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> "RunningBot":
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", *arguments],
                cwd=self.home,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        return self

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> int:
        """Ask it to end, and return its exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(60)

    def wait(self) -> int:
        """Return its exit code, once it ends by itself."""
        assert self.process is not None
        return self.process.wait(60)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for_webhook(port: int, *, seconds: float = 60) -> None:
    """Return as soon as a webhook listens on this port."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1):
                return
        except (URLError, OSError):
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
