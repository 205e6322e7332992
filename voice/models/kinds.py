"""The fixed lists of words that columns hold. Values are stored for ever, so never reworded."""

from enum import StrEnum


class Channel(StrEnum):
    """The door through which somebody answers."""

    WEB = "web"
    WEB_CHAT = "web_chat"
    TELEGRAM = "telegram"
    PAPER = "paper"
    PHONE = "phone"
    SMS = "sms"


class Role(StrEnum):
    """What an officer may do. See `voice/web/access.py`."""

    OFFICER = "officer"  # reads answers and themes of their team, signs off, publishes
    ANALYST = "analyst"  # reads themes and figures of their team, changes nothing
    SAFEGUARDING = "safeguarding"  # sees concerns, of every team, and nothing else
    ADMIN = "admin"  # everything of every team but concerns


class ThemeStatus(StrEnum):
    """How far people have taken a theme that was found."""

    FOUND = "found"
    SIGNED_OFF = "signed_off"
    HIDDEN = "hidden"


class OutcomeKind(StrEnum):
    """What the council says to a theme."""

    DID = "did"
    WILL = "will"
    CANNOT = "cannot"
    THINKING = "thinking"


class DeliveryKind(StrEnum):
    """Replies go before broadcasts, and are sent at least once; broadcasts at most once."""

    REPLY = "reply"
    BROADCAST = "broadcast"


class DeliveryStatus(StrEnum):
    """Where a message to somebody is."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"  # the messenger will never take it: blocked, gone, malformed
    UNCERTAIN = "uncertain"  # a broadcast that may have arrived: not sent again
