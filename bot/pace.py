"""Telegram's pace: 30 messages a second to all, one a second to each chat, a few at once."""

from dataclasses import dataclass, field

ALL_A_SECOND = 30
CATCH_UP_SECONDS = 0.3  # how far behind that pace may be made good: nine messages
CHAT_SECONDS = 1.0  # from one message to the next in the same chat …
CHAT_BURST = 3  # … after this many, so that one turn's few messages come together
_MAX_CHATS = 10_000  # remembered at once; those whose burst is whole again are forgotten first


@dataclass(slots=True)
class Pace:
    """Says when the next message may go. Moments are seconds of a clock that only goes forward."""

    chat_seconds: float = CHAT_SECONDS
    _next_of_all: float = 0.0
    _full_at: dict[int, float] = field(default_factory=dict)  # when a chat's burst is whole again

    def reserve_in_chat(self, chat: int, at: float) -> float:
        """Return the moment from which the next message to this chat may go, and take it."""
        if len(self._full_at) > _MAX_CHATS:
            self._full_at = {c: full for c, full in self._full_at.items() if full > at}
        full = max(self._full_at.get(chat, at), at)
        self._full_at[chat] = full + self.chat_seconds
        return max(at, full - (CHAT_BURST - 1) * self.chat_seconds)

    def reserve_in_all(self, at: float) -> float:
        """Return the moment at which the next message to anybody may go, and take it.

        Whoever is a little late catches up, so that the pace holds on a busy machine.
        """
        is_a_little_late = at - CATCH_UP_SECONDS <= self._next_of_all
        moment = self._next_of_all if is_a_little_late else at
        self._next_of_all = moment + 1 / ALL_A_SECOND
        return max(moment, at)

    def free_at(self) -> float:
        """Return the moment from which the next message to anybody may go."""
        return self._next_of_all

    def pause(self, until: float) -> None:
        """Send nothing to anybody before `until`, as Telegram asks with 429."""
        self._next_of_all = max(self._next_of_all, until)
