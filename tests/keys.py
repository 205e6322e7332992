"""The keys that words are sealed with in every test, and in every program that a test starts."""

import atexit
import os
from datetime import date
from pathlib import Path
from tempfile import gettempdir

from voice import sealed

OURS: list[sealed.Keys] = []
PATH = Path(gettempdir()) / f"voice-tests-{os.getpid()}.keys"


def lay_out() -> None:
    """Make them, and say to each program where they lie."""
    PATH.unlink(missing_ok=True)
    sealed.make_keys(PATH, on=date(2026, 5, 1))
    atexit.register(PATH.unlink, missing_ok=True)
    os.environ["VOICE_SEALING_KEYS"] = str(PATH)
    OURS.append(sealed.Keys(PATH))
    sealed.use(OURS[0])


def lay_again() -> None:
    """Use them again, if a test used others."""
    if sealed.keys_in_use() is not OURS[0]:
        sealed.use(OURS[0])
