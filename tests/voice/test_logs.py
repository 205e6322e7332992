"""Logs hold no secret and nobody's words (SEC-13)."""

import subprocess
import sys

START = "from logging import getLogger; from voice.logs import set_up_logs; set_up_logs(); "
TOKEN = "123456789:AAcanaryTOKENcanaryTOKENcanary"


class TestALogLine:
    def test_holds_no_bot_token(self):
        assert "canary" not in _logged(f"getLogger('a').warning('POST /bot%s/x', '{TOKEN}')")

    def test_shows_its_extra_fields(self):
        logged = _logged("getLogger('a').info('response submitted', extra={'channel': 'web'})")

        assert "response submitted channel=web" in logged

    def test_of_a_library_that_prints_addresses_is_left_out(self):
        assert _logged("getLogger('httpx').info('HTTP Request: POST https://x')") == ""


def _logged(statement):
    """Return what a process of its own writes to its standard error."""
    ran = subprocess.run(
        [sys.executable, "-c", START + statement], capture_output=True, text=True, check=True
    )
    return ran.stderr
