"""The words that mean "get help now" when they are the whole message."""

from functools import cache

from voice.analysis.safeguarding.resources import read_lines

_TRIMMED = " \t\r\n.!?/*\"'“”’"


def is_safe_word(text: str) -> bool:
    """Return whether the whole of `text` is a safe word, such as help, unsafe, SOS or 🆘."""
    return (text if len(text) <= 64 else "").replace("\ufe0f", "").casefold().strip(
        _TRIMMED
    ) in _safe_words()


@cache
def _safe_words() -> frozenset[str]:
    return frozenset(read_lines("safe_words.txt"))
