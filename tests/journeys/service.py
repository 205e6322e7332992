"""The whole service in processes of its own, as `voice run` starts it, to be killed in tests."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from urllib.error import URLError

import psutil

from tests import keys

START_SECONDS = 90


class Service:
    """One `voice run` on a free port, with a data folder of its own."""

    def __init__(self, home, *, demo=False, **environment):
        self.home = home
        self.port = _free_port()
        self.root = f"http://127.0.0.1:{self.port}"
        self.log = home / "service.log"
        self._demo = demo
        self._environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("VOICE_")},
            "VOICE_HOME": str(home),
            "VOICE_SEALING_KEYS": str(keys.PATH),
            "PYTHONUNBUFFERED": "1",
            **environment,
        }
        self._process = None

    def start(self):
        """Start it and wait until its own page answers."""
        command = [sys.executable, "-m", "voice", "run", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command + ["--demo"] * self._demo,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_ready()

    def wait_until_ready(self):
        """Wait until /health answers 200."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise AssertionError(self.log.read_text())
            try:
                with urllib.request.urlopen(f"{self.root}/health", timeout=5) as reply:
                    if reply.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def wait_until_said(self, words):
        """Wait until it has printed these words."""
        deadline = time.monotonic() + START_SECONDS
        while words not in self.log.read_text():
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    def command(self, *words):
        """Run `voice` with these words on the same data; return what it printed."""
        ran = subprocess.run(
            [sys.executable, "-m", "voice", *words],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def part(self, name):
        """Return the process of this part (web, worker, chat), or None while it is down."""
        word = "bot" if name == "chat" else name
        for child in psutil.Process(self._process.pid).children():
            try:
                if word in child.cmdline():
                    return child
            except (psutil.NoSuchProcess, psutil.ZombieProcess):
                continue
        return None

    def kill(self, name):
        """End one part with SIGKILL, as a crash would; return whether it was there to kill."""
        part = self.part(name)
        if part is None:
            return False
        try:
            part.kill()
        except psutil.NoSuchProcess:
            return False
        return True

    def kill_keeper(self):
        """End the process that keeps the others alive, and nothing else."""
        self._process.kill()
        self._process.wait()

    def kill_everything(self):
        """End every process at once, the keeper first."""
        children = psutil.Process(self._process.pid).children(recursive=True)
        self._process.send_signal(signal.SIGKILL)
        for child in children:
            child.kill()
        self._process.wait()

    def stop(self):
        """Ask it to end; make it end if it does not."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill_everything()


@contextmanager
def running(home, **how):
    """Give a running service, stopped at the end whatever happens."""
    service = Service(home, **how)
    try:
        service.start()
        yield service
    finally:
        service.stop()


@contextmanager
def started_worker(home):
    """Give a worker of its own on this data folder, whose claims run out after two seconds."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "voice", "worker", "--lease", "2", "--wait", "0.1"],
        env={**os.environ, "VOICE_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
