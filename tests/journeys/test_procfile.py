"""The Procfile's command for the pages starts, survives a worker's end, and stops when asked."""

import subprocess
import time
from http.client import HTTPConnection

import psutil
import pytest

from benchmarks.submissions import make_store, started


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    """The pages on a free port: (port, first process), stopped in the end."""
    settings = make_store(tmp_path_factory.mktemp("web"), stored=0)
    with started(settings) as (port, server):
        yield port, server


def status_of(port, path):
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def both_listening(server):
    """Return both processes once each of them listens: the second is slower to start than one."""
    for _ in range(300):
        workers = psutil.Process(server.pid).children()
        if len(workers) == 2 and all(is_listening(each) for each in workers):
            return workers
        time.sleep(0.1)
    pytest.fail("two processes never listened")


def is_listening(process):
    return psutil.CONN_LISTEN in {each.status for each in process.net_connections("inet")}


class TestThePages:
    def test_are_served(self, web):
        port, _ = web

        assert [status_of(port, path) for path in ("/health", "/", "/nothing")] == [200, 200, 404]

    def test_are_served_on_when_one_process_is_killed(self, web):
        port, server = web
        first, second = both_listening(server)

        first.kill()

        for _ in range(100):
            workers = {each.pid for each in psutil.Process(server.pid).children()}
            if len(workers - {first.pid}) == 2:
                break
            time.sleep(0.1)
        assert second.pid in workers
        assert len(workers - {first.pid}) == 2
        assert status_of(port, "/health") == 200

    def test_end_when_they_are_asked_to(self, web):
        _, server = web

        server.terminate()

        try:
            assert server.wait(timeout=30) in (0, -15)
        except subprocess.TimeoutExpired:
            pytest.fail("it does not stop")
