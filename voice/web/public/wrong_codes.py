"""How many wrong codes are listened to: enough for people who mistype, too few for guessing."""

from collections import defaultdict, deque
from datetime import datetime, timedelta

from flask import current_app

WINDOW = timedelta(minutes=15)
# By everybody together, since we keep no addresses to tell people apart. A code has 80 bits.
MAX_WRONG_CODES = 50


class WrongCodes:
    """The wrong come-back codes of the last quarter of an hour; not who typed them, nor what."""

    def __init__(self) -> None:
        self._typed_at: dict[str, deque[datetime]] = defaultdict(deque)

    def are_too_many(self, slug: str, *, now: datetime) -> bool:
        """Return whether no more codes of this consultation are listened to for a while."""
        typed_at = self._typed_at[slug]
        while typed_at and typed_at[0] <= now - WINDOW:
            typed_at.popleft()
        return len(typed_at) >= MAX_WRONG_CODES

    def note(self, slug: str, *, now: datetime) -> None:
        """Count one more."""
        self._typed_at[slug].append(now)


def wrong_codes() -> WrongCodes:
    """Return what this application has counted."""
    found: WrongCodes = current_app.extensions.setdefault("wrong codes", WrongCodes())
    return found
