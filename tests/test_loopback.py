"""SEC-5: while the tests run, this process speaks to no other machine, whatever a line tries."""

import socket
from urllib.request import urlopen

import pytest

from tests.loopback import OutsideError


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "council.example"])
def test_a_connection_to_another_machine_is_refused(host):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as asked, pytest.raises(OutsideError, match=host):
        asked.connect((host, 80))


def test_a_library_is_refused_too():
    with pytest.raises(OutsideError):
        urlopen("http://192.0.2.1/", timeout=1)


def test_this_machine_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as asked:
        asked.connect(server.getsockname())
