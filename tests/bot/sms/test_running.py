"""`python -m bot.sms` as it runs: texts in and out by its own process, which is killed."""

import json
import os
import subprocess
import sys
import time
import urllib.request

import pytest

from tests import keys
from tests.bot.running import REPOSITORY, SECRET_KEY, free_port, wait_for_webhook
from tests.bot.sms.stand_ins import NOTIFY_KEY, TEMPLATE
from tests.bot.sms.texting import NUMBER

TOKEN = "what Notify shows us"


class Running:
    """One `python -m bot.sms`; texts reach it over loopback."""

    def __init__(self, home, notify, store):
        self.port = free_port()
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONWARNINGS": "error",
            "VOICE_HOME": str(home),
            "VOICE_SECRET_KEY": SECRET_KEY,
            "VOICE_SEALING_KEYS": str(keys.PATH),
            "VOICE_DATABASE_URL": str(store.engine.url),
            "VOICE_NOTIFY_API": notify.url,
            "VOICE_NOTIFY_KEY": NOTIFY_KEY,
            "VOICE_NOTIFY_TEMPLATE": TEMPLATE,
            "VOICE_NOTIFY_TOKEN": TOKEN,
            "VOICE_SMS_PORT": str(self.port),
        }
        self.output = home / "sms.log"

    def start(self):
        with self.output.open("ab") as output:
            self.started = subprocess.Popen(
                [sys.executable, "-m", "bot.sms"],
                cwd=self.output.parent,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        wait_for_webhook(self.port)

    def kill(self):
        self.started.kill()
        self.started.wait()

    def text(self, external_id, words):
        """Post a text as Notify does, and return the status."""
        body = json.dumps({"id": external_id, "source_number": NUMBER, "message": words}).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/notify",
            body,
            {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.status


@pytest.fixture
def running(tmp_path, notify, store):
    process = Running(tmp_path, notify, store)
    process.start()
    yield process
    process.kill()


@pytest.mark.slow
def test_a_text_is_answered_and_nothing_is_lost_or_said_twice_when_it_is_killed(running, notify):
    assert running.text("1", "START") == 200
    notify.wait_for("Is that OK?")
    notify.failures = [500]  # the next text is on its way when the power goes
    assert running.text("2", "yes") == 200
    while notify.failures:
        time.sleep(0.01)
    running.kill()

    running.start()
    assert running.text("2", "yes") == 200  # its gateway is not sure that it came

    notify.wait_for("Question 1 of 5")
    time.sleep(1)
    assert sum("Question 1 of 5" in each for each in notify.texts) == 1
    assert NUMBER not in running.output.read_text()


def test_without_settings_it_says_what_to_do(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "VOICE_HOME": str(tmp_path),
    }

    ended = subprocess.run(
        [sys.executable, "-m", "bot.sms"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 2
    assert "VOICE_NOTIFY_KEY or VOICE_SMS_GATEWAY" in ended.stderr
