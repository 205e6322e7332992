"""Logging without anybody's words: fixed phrases, keys and codes; secrets are struck out."""

import logging
import re
import sys
from collections.abc import Hashable
from datetime import datetime, timedelta

_BOT_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{8,}")
_PLAIN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class _Redacting(logging.Formatter):
    """Adds the `extra` fields, and strikes out anything that looks like a bot token."""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        extra = {key: value for key, value in record.__dict__.items() if key not in _PLAIN}
        if extra:
            line += " " + " ".join(f"{key}={value}" for key, value in sorted(extra.items()))
        return _BOT_TOKEN.sub("[token]", line)


class Seldom:
    """What keeps failing is logged the first time, and then only once in so long a time."""

    def __init__(self, apart: timedelta = timedelta(hours=6)) -> None:
        self._apart = apart
        self._said: dict[Hashable, datetime] = {}

    def may_say(self, what: Hashable, *, now: datetime) -> bool:
        """Return whether to log now that `what` failed; if so, not again for a while."""
        self._said = {each: at for each, at in self._said.items() if now - at < self._apart}
        if what in self._said:
            return False
        self._said[what] = now
        return True


def set_up_logs(level: int = logging.INFO) -> None:
    """Send logs to standard error. Libraries that print addresses with secrets are quietened."""
    to_stderr = logging.StreamHandler(sys.stderr)
    to_stderr.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[to_stderr], force=True)
    # httpx writes the bot token inside the address at INFO; waitress and werkzeug write paths.
    for noisy in ("httpx", "httpcore", "telegram", "werkzeug", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
