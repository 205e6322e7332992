"""The browser that the journeys walk with."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import CHROMIUM, started_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, started once a file; each visit gets a fresh context of it.

    Not once a session: while Playwright runs, no test in the same process may use asyncio.
    """
    yield from browser_or_reason()


def browser_or_reason() -> Iterator[Browser]:
    """Start Chromium, or skip saying what is missing; with VOICE_NO_SKIPS=1, fail instead."""
    if not CHROMIUM.exists():
        reason = f"no browser at {CHROMIUM}: install the Debian package chromium"
        if os.environ.get("VOICE_NO_SKIPS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with started_chromium() as chromium:
        yield chromium
