"""How an earlier answer is named in a text: `{answer:code}`, or `{answer:code|without it}`."""

import re

PLACEHOLDER = re.compile(r"\{answer:([a-z][a-z0-9_]{0,39})(?:\|([^{}|]+))?\}")
NOTHING = "…"  # where nothing was said and nothing is written after the bar


def without_answers(text: str) -> str:
    """Return the text as it stands while nothing is answered."""
    return PLACEHOLDER.sub(lambda found: found[2] or NOTHING, text)
