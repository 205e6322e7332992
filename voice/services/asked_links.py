"""Ask each site that a survey names whether the page is there. Only when somebody presses for it.

No word of the survey is sent, nothing of a page is read, and nothing is kept. A link can name any
address at all, so a question goes only to the public internet: the name is looked up once, every
address found must be public, and the line is made to that address and no other.
"""

import http.client
import socket
import ssl
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from enum import StrEnum
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

MOST_LINKS = 30
MOST_MOVES = 5
MOST_ADDRESSES = 3  # of one name, tried one after the other
LINE_SECONDS = 4.0
ALL_SECONDS = 20.0
_AT_ONCE = 8
_PORTS = {"http": 80, "https": 443}
_MOVES = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_TRANSLATED = IPv6Network("64:ff9b::/96")  # an IPv4 address in the clothes of another
_FROM_HERE = "Could not be reached from here"


class Verdict(StrEnum):
    """What became of the question."""

    ANSWERS = "Answers"
    MOVED = "Moved"
    NOT_FOUND = "Not found"
    UNREACHED = "Could not be checked"


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What a site said of one link: `why` is a sentence for whoever has to look at it."""

    address: str
    verdict: Verdict
    why: str = ""
    moved_to: str = ""
    is_unknown_name: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """Where questions may go: the public internet. A test alone adds a server of its own."""

    stand_in_port: int | None = None  # of loopback, and nothing else there

    def allows(self, address: str, port: int) -> bool:
        """Return whether a question may go to this address."""
        if self.stand_in_port is not None and port == self.stand_in_port:
            return ip_address(address).is_loopback
        return port in _PORTS.values() and is_public(address)


PUBLIC = Reach()


def ask_links(addresses: Sequence[str], reach: Reach = PUBLIC) -> list[LinkAnswer]:
    """Return what became of each link, in its order; the first `MOST_LINKS` are asked.

    Takes `ALL_SECONDS` at most. Never raises for what a link holds or a site says.
    """
    pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="links")
    asked = [pool.submit(_ask, each, reach) for each in addresses[:MOST_LINKS]]
    wait(asked, timeout=ALL_SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    answers = [_answer_of(*pair) for pair in zip(addresses, asked, strict=False)]
    too_many = f"Only the first {MOST_LINKS} links are asked. Click this one yourself"
    left = [LinkAnswer(each, Verdict.UNREACHED, too_many) for each in addresses[MOST_LINKS:]]
    return [*_sure_of_names(answers), *left]


def is_public(address: str) -> bool:
    """Return whether an address is on the public internet: no council's inside, no machine's own.

    An IPv6 address that carries an IPv4 address in it is taken for a private one.
    """
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and (
        found.ipv4_mapped or found.sixtofour or found.teredo or found in _TRANSLATED
    ):
        return False
    return found.is_global and not found.is_multicast


class _NotAskedError(Exception):
    """The question cannot be put; the message says why."""


class _UnknownNameError(_NotAskedError):
    """Nobody knows a site of this name."""


class _Line(http.client.HTTPConnection):
    """A line to one address that was looked up and allowed before."""

    def __init__(self, site: SplitResult, address: str) -> None:
        self.default_port = _PORTS[site.scheme]
        super().__init__(site.hostname or "", site.port, timeout=LINE_SECONDS)
        self._address = address
        self._is_sealed = site.scheme == "https"

    def connect(self) -> None:
        """Open the line; for a sealed one, the site must prove its name."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._is_sealed:
            sealed = ssl.create_default_context()
            self.sock = sealed.wrap_socket(self.sock, server_hostname=self.host)


def _answer_of(address: str, asked: "Future[LinkAnswer]") -> LinkAnswer:
    if asked.done() and not asked.cancelled():
        return replace(asked.result(), address=address)
    return LinkAnswer(address, Verdict.UNREACHED, f"{_FROM_HERE} in {ALL_SECONDS:.0f} seconds")


def _sure_of_names(answers: list[LinkAnswer]) -> Iterator[LinkAnswer]:
    """Say that a name is unknown only where another site answered, so that names can be found."""
    has_network = any(each.verdict is not Verdict.UNREACHED for each in answers)
    for each in answers:
        if has_network and each.is_unknown_name:
            yield replace(each, verdict=Verdict.NOT_FOUND, why="There is no site of this name")
        else:
            yield each


def _ask(address: str, reach: Reach) -> LinkAnswer:
    try:
        return _follow(address, reach)
    except _UnknownNameError as unknown:
        return LinkAnswer(address, Verdict.UNREACHED, str(unknown), is_unknown_name=True)
    except _NotAskedError as why:
        return LinkAnswer(address, Verdict.UNREACHED, str(why))


def _follow(address: str, reach: Reach) -> LinkAnswer:
    """Ask, and go where the site sends us, each step looked up and allowed anew."""
    here = address if "://" in address else f"https://{address}"
    for moves in range(MOST_MOVES + 1):
        status, sent_to = _status_of(_read_address(here), reach)
        if status not in _MOVES or not sent_to:
            return _verdict_on(status, here if moves else "")
        here = _further(here, sent_to)
    raise _NotAskedError(f"Sends people on more than {MOST_MOVES} times")


def _further(here: str, sent_to: str) -> str:
    try:
        return urljoin(here, sent_to)
    except ValueError as error:
        raise _NotAskedError("Sends people on to what is no address") from error


def _verdict_on(status: int, moved_to: str) -> LinkAnswer:
    if status in _GONE:
        return LinkAnswer("", Verdict.NOT_FOUND, f"The site has no such page ({status})", moved_to)
    if status >= http.client.BAD_REQUEST:
        why = f"The site answered with a fault ({status})"
        return LinkAnswer("", Verdict.UNREACHED, why, moved_to)
    return LinkAnswer("", Verdict.MOVED if moved_to else Verdict.ANSWERS, "", moved_to)


def _read_address(address: str) -> SplitResult:
    """Return the address in its parts, as a site can be asked for it."""
    try:
        site = urlsplit(address)
        host, port = (site.hostname or "").encode("idna").decode("ascii"), site.port
    except (ValueError, UnicodeError) as error:
        raise _NotAskedError("This is no address") from error
    if site.scheme not in _PORTS or not host or site.username is not None:
        raise _NotAskedError("This is no address that a browser can open by itself")
    named = f"[{host}]" if ":" in host else host
    path = quote(site.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(site.query, safe="/%:@!$&'()*+,;=~-._?")
    return SplitResult(site.scheme, f"{named}:{port or _PORTS[site.scheme]}", path, query, "")


def _status_of(site: SplitResult, reach: Reach) -> tuple[int, str]:
    """Return what the site answers, and where it sends us if it does."""
    addresses = _look_up(site.hostname or "", site.port or 0, reach)
    why = ""
    for address in addresses[:MOST_ADDRESSES]:
        try:
            status, sent_to = _put(site, address, "HEAD")
            # Some sites know no HEAD, and some forbid it.
            return (status, sent_to) if status < http.client.BAD_REQUEST else (
                _put(site, address, "GET")
            )  # fmt: skip
        except ssl.SSLCertVerificationError as error:
            raise _NotAskedError("The site cannot prove that it is the one of this name") from error
        except TimeoutError:
            why = f"{_FROM_HERE}: no answer in {LINE_SECONDS:.0f} seconds"
        except (OSError, http.client.HTTPException):
            why = f"{_FROM_HERE}: there is no line to it"
    raise _NotAskedError(why)


def _put(site: SplitResult, address: str, method: str) -> tuple[int, str]:
    line = _Line(site, address)
    path = f"{site.path}?{site.query}" if site.query else site.path
    try:
        line.request(method, path, headers={"User-Agent": "Voice link check", "Accept": "*/*"})
        reply = line.getresponse()
        return reply.status, reply.headers.get("Location", "")
    finally:
        line.close()  # whatever else it would send stays unread


def _look_up(host: str, port: int, reach: Reach) -> list[str]:
    """Return the addresses of a name, all of them public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_NONAME:
            raise _UnknownNameError(f"{_FROM_HERE}: its name was not found") from error
        raise _NotAskedError(f"{_FROM_HERE}: names cannot be looked up") from error
    except (OSError, UnicodeError) as error:
        raise _NotAskedError("This is no address") from error
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not all(reach.allows(each, port) for each in addresses):
        raise _NotAskedError("This is no address of the public internet, so it is not asked")
    return addresses
