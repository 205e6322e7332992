"""What every channel's program has in common: how it ends, sends beside receiving, and listens."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn, Protocol

from voice.services.settling import settle

logger = logging.getLogger(__name__)

WRONG_SETTINGS = 2
RECEIVER_THREADS = 8
LAST_SECONDS = 10  # what is on its way may take so long to be sent


class Running(Protocol):
    """What sends in a thread of its own until it is stopped."""

    def run(self) -> None:
        """Send until stopped."""

    def stop(self) -> None:
        """Finish what is on its way, and end `run`."""


class Wakeful:
    """Waits until it is woken, and works until it is stopped."""

    def __init__(self) -> None:
        self._wake = threading.Event()
        self._stop = threading.Event()

    def wake(self) -> None:
        """Say that something new waits to be sent."""
        self._wake.set()

    def stop(self) -> None:
        """Finish what is on its way, and end `run`."""
        self._stop.set()
        self._wake.set()


def end_when_told() -> None:
    """End in good order when the system asks for it."""
    signal.signal(signal.SIGTERM, _end)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


@contextmanager
def sending_beside(sender: Running, *, wanted: bool) -> Iterator[None]:
    """Send, if `wanted`, in a thread of its own meanwhile; at the end finish what is on its way."""
    thread = threading.Thread(target=sender.run, name="sender", daemon=True)
    if wanted:
        thread.start()
    try:
        yield
    finally:
        sender.stop()
        if thread.is_alive():
            thread.join(timeout=LAST_SECONDS)


def listen(
    application: Any, host: str, port: int, *, meanwhile: Callable[[], object] | None = None
) -> None:
    """Take requests in threads until told to end; `meanwhile` runs once the port is ours."""
    from waitress import create_server  # noqa: PLC0415 - who only sends or polls needs none

    server = create_server(application, host=host, port=port, threads=RECEIVER_THREADS, ident=None)
    settle()
    begin_beside(int(server.effective_port), meanwhile)
    try:
        server.run()
    finally:
        server.close()


def leave(code: int) -> NoReturn:
    """End this program at once, when all is closed.

    Threads of the server may end later than Python, and one that then looks for it would crash.
    """
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def begin_beside(port: int, meanwhile: Callable[[], object] | None) -> None:
    """Say that we listen, and let `meanwhile` run beside."""
    logger.info("listening", extra={"port": port})
    if meanwhile is not None:
        threading.Thread(target=meanwhile, daemon=True).start()
