"""A theme in one or two plain sentences, for somebody who has not read the answers."""

from collections.abc import Sequence

WORDS_NAMED = 3
LONGEST_EXAMPLE_CHARS = 200


def describe_theme(label: str, words: Sequence[str], example: str) -> str:
    """Return what people mention and one example of how somebody put it, shortened if long.

    The example is people's own words: mask it wherever quotes are masked. "" if none may be given.
    """
    said = set(label.casefold().split())
    shown = f"For example: “{_shorten(example)}”" if example else ""
    if not words:
        return shown
    others = [word for word in words if said.isdisjoint(word.casefold().split())][:WORDS_NAMED]
    named = _list_words([f"“{word}”" for word in (_lower(label), *others)])
    return f"People mention {named}. {shown}".strip()


def _list_words(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _shorten(text: str) -> str:
    plain = " ".join(text.split())
    if len(plain) <= LONGEST_EXAMPLE_CHARS:
        return plain
    return plain[:LONGEST_EXAMPLE_CHARS].rsplit(" ", 1)[0] + " …"
