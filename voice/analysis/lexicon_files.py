"""Our own word lists, read from the package and never fetched."""

from functools import cache
from importlib.resources import files


@cache
def read_lines(name: str, ending: str = "txt") -> tuple[str, ...]:
    """Return the lines of the list called `name`, without remarks and empty lines."""
    text = (files("voice.analysis") / "lexicons" / f"{name}.{ending}").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def read_words(name: str) -> frozenset[str]:
    """Return every word of the list called `name`."""
    return frozenset(" ".join(read_lines(name)).split())
