"""No test speaks to another machine: whatever tries is refused at once (SEC-5)."""

import ipaddress
import socket

_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex


class OutsideError(AssertionError):
    """A test, or what it tests, tried to speak to another machine."""


def keep() -> None:
    """Refuse every connection of this process but to this machine, for as long as it lives."""
    socket.socket.connect = lambda self, address: _connect(self, _here(self, address))
    socket.socket.connect_ex = lambda self, address: _connect_ex(self, _here(self, address))


def _here(asked, address):
    if asked.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
        asked.close()
        raise OutsideError(address[0])
    return address


def _is_here(host):
    if host in ("localhost", "localhost.localdomain", ""):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
