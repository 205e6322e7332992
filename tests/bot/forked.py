"""Bots forked from a process that has read the program already: they start in a moment.

For tests that kill many of them. Each is a process of its own, with its own memory and its own way
to the store, and dies alone.
"""

import multiprocessing
import os
import sys
import warnings
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.bot.running import RunningBot

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["bot.__main__", "waitress", "psycopg", "tests.bot.forked"])


class ForkedBot(RunningBot):
    """One bot, as `python -m bot` runs it."""

    forked: ForkServerProcess | None = None

    def start(self, *arguments: str) -> "ForkedBot":
        told = (arguments, self.environment, self.home, self.output)
        self.forked = _CONTEXT.Process(target=_run, args=told, daemon=True)
        self.forked.start()
        return self

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.forked is not None:
            self.forked.kill()
            self.forked.join()

    def stop(self) -> int:
        assert self.forked is not None
        self.forked.terminate()
        return self.wait()

    def wait(self) -> int:
        assert self.forked is not None
        self.forked.join(60)
        assert self.forked.exitcode is not None
        return self.forked.exitcode


def _run(arguments: tuple[str, ...], environment: dict[str, str], home: Path, output: Path) -> None:
    from bot.__main__ import main

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(home)
    written = os.open(output, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(written, stream)
    warnings.simplefilter("error")
    sys.exit(main(arguments))
