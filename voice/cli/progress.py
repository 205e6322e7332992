"""How far a long command has come, on standard error, and only when it is worth saying."""

import time
from collections.abc import Callable
from typing import TextIO

QUIET_SECONDS = 2.0
BAR_CHARS = 24


class ProgressBar:
    """A bar in a terminal; elsewhere one line a stage, and nothing at all under two seconds."""

    def __init__(self, out: TextIO, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._out = out
        self._clock = clock
        self._started = clock()
        self._stage = ""
        self._drawn = False

    def show(self, done: float, stage: str) -> None:
        """Show that the share `done`, 0 to 1, is behind us and `stage` begins."""
        if self._out.isatty():
            filled = round(done * BAR_CHARS)
            bar = "█" * filled + "░" * (BAR_CHARS - filled)
            self._out.write(f"\r{bar} {done:4.0%} {stage:<50}")
            self._drawn = True
        elif self._clock() - self._started >= QUIET_SECONDS and stage != self._stage:
            self._out.write(f"{done:4.0%} {stage}\n")
        self._stage = stage
        self._out.flush()

    def finish(self) -> None:
        """Leave the line of the bar, if one was drawn."""
        if self._drawn:
            self._out.write("\n")
