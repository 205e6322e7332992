"""`voice run`: everything on one machine: pages, worker and chat, each kept alive."""

import ctypes
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType
from urllib.error import URLError

import click

from voice.cli.demo import load_demonstration, show_sign_in
from voice.cli.opened import opened_database, settings_or_exit
from voice.config import Settings, warning_of
from voice.database import migrate

DEFAULT_PORT = 8000
_CHECK_SECONDS = 0.2
_START_SECONDS = 60
_STOP_SECONDS = 10
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, from linux/prctl.h
_RESTART_SECONDS = 1.0  # between two starts of the same part, so that a broken one does not spin


@dataclass(slots=True)
class Part:
    """One process of the service, started again whenever it ends."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = field(default=0.0)

    def start(self) -> None:
        """Start it, in a group of its own, so that Ctrl-C reaches us first."""
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - this process has one thread
        )
        self.started_at = time.monotonic()

    def keep_alive(self) -> None:
        """Start it again if it has ended, at most once a second."""
        ended = self.process is None or self.process.poll() is not None
        if ended and time.monotonic() - self.started_at >= _RESTART_SECONDS:
            if self.process is not None:
                click.echo(f"{self.name} ended ({self.process.returncode}); starting it again")
            self.start()

    def stop(self) -> None:
        """Ask it to end, and make it end if it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _end_with_parent() -> None:
    """Ask Linux to end this process when ours is killed, so that nothing is left running."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


@click.command()
@click.option("--demo", is_flag=True, help="Load the demonstration data first (once).")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", default=None, type=int, help="Default: $VOICE_PORT, or 8000 or the next free."
)
def run(*, demo: bool, host: str, port: int | None) -> None:
    """Run the whole service on this machine: pages, worker and chat. Ctrl-C stops it."""
    settings = settings_or_exit()
    passphrases = _prepare(settings, demo=demo)
    chosen = port or settings.port or _free_port(host, DEFAULT_PORT)
    parts = _parts(settings, host, chosen)
    stopping = _stop_on_signals()
    for part in parts:
        part.start()
    try:
        if _wait_until_ready(host, chosen, parts[0], stopping):
            _say_what_runs(settings, f"http://{host}:{chosen}", passphrases)
        while not stopping:
            for part in parts:
                part.keep_alive()
            time.sleep(_CHECK_SECONDS)
    finally:
        for part in reversed(parts):
            part.stop()
    click.echo("Stopped. Everything that was acknowledged is kept.")


def _prepare(settings: Settings, *, demo: bool) -> dict[str, str]:
    with opened_database(settings) as database:
        migrate(database)
        return load_demonstration(settings, database) if demo else {}


def _parts(settings: Settings, host: str, port: int) -> list[Part]:
    python = [sys.executable, "-m"]
    parts = [
        Part("web", [*python, "voice", "web", "--host", host, "--port", str(port)]),
        Part("worker", [*python, "voice", "worker"]),
    ]
    if settings.telegram_token:
        parts.append(Part("chat", [*python, "bot", "--mode", _chat_mode(settings)]))
    return parts


def _chat_mode(settings: Settings) -> str:
    return "webhook" if settings.telegram_webhook_url else "polling"


def _free_port(host: str, wanted: int) -> int:
    """Return `wanted`, or the first free port after it."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise click.ClickException(f"no free port between {wanted} and {wanted + 49}")


def _stop_on_signals() -> list[int]:
    """Return a list that is empty until somebody asks us to stop."""
    asked: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    for asking in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asking, stop)
    return asked


def _wait_until_ready(host: str, port: int, web: Part, stopping: list[int]) -> bool:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and not stopping:
        if web.process is not None and web.process.poll() is not None:
            raise click.ClickException("the pages did not start; the reason is above")
        try:
            address = f"http://{host}:{port}/health"
            with urllib.request.urlopen(address, timeout=2) as reply:
                return bool(reply.status == 200)
        except (URLError, OSError):
            time.sleep(_CHECK_SECONDS)
    return False


def _say_what_runs(settings: Settings, address: str, passphrases: dict[str, str]) -> None:
    chat = (
        f"Telegram by {_chat_mode(settings)}, and the web chat of each consultation"
        if settings.telegram_token
        else "the web chat of each consultation; for Telegram see docs/telegram.md"
    )
    click.echo(
        f"""
Voice is running.
  People      {address}/
  Outcomes    {address}/outcomes
  Officers    {address}/officers
  Health      {address}/health
  Data folder {settings.home}

Running
  web         the pages
  worker      finds themes
  chat        {chat}
"""
    )
    if passphrases:
        show_sign_in(passphrases)
    click.echo(warning_of(settings), nl=False)
    click.echo("Press Ctrl-C to stop.")
