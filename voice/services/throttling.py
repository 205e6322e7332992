"""How much one visitor may send in a day, counted without keeping who they are (SEC-10)."""

from dataclasses import dataclass
from datetime import date, datetime
from ipaddress import IPv4Address, ip_address, ip_network

from sqlalchemy.orm import Session

from voice.clock import in_london
from voice.database import insert_into
from voice.errors import TooManySentError
from voice.models import SentToday
from voice.services import keys

MAX_OF_BROWSER = 10
MAX_OF_NETWORK = 200  # a class of thirty behind one address may ask six questions each
_HOME_BITS = 64  # of an address of IPv6: what one home or school has


@dataclass(frozen=True, slots=True)
class Sender:
    """What tells one visitor from another. Neither part is stored; either may be empty."""

    browser: str = ""  # a key of chance in a cookie
    network: str = ""  # the address that it came from


def count(session: Session, sender: Sender, purpose: str, *, secret: str, now: datetime) -> None:
    """Count one thing that `sender` sends in today, of those with the same `purpose`.

    Raises:
        TooManySentError: if it is one too many, of this browser or of its whole network.
    """
    day = in_london(now).date()
    limits = ((sender.browser, MAX_OF_BROWSER), (_home_of(sender.network), MAX_OF_NETWORK))
    for who, limit in limits:
        if not who:
            continue
        mark = keys.keyed_hash(secret, f"{purpose} of {day.isoformat()}", who)
        if _times_with_this(session, mark, day) > limit:
            raise TooManySentError(purpose)


def _home_of(address: str) -> str:
    """Return what all devices of one home or school have in common; "" for what is no address."""
    try:
        read = ip_address(address)
    except ValueError:
        return ""
    is_old = isinstance(read, IPv4Address)
    return str(read if is_old else ip_network((read, _HOME_BITS), strict=False))


def _times_with_this(session: Session, mark: str, day: date) -> int:
    """Add one in one statement, so that no two at once count as one; return how many there are."""
    adding = insert_into(session, SentToday).values(mark=mark, sent_on=day, times=1)
    added = adding.on_conflict_do_update(
        index_elements=["mark"], set_={"times": SentToday.times + 1}
    )
    times: int = session.execute(added.returning(SentToday.times)).scalar_one()
    return times
