"""A long message as several short ones, since nobody reads a screenful in a chat."""

import re

from surveys.turns import Message, Style

MOST_CHARS = 300
# Where a paragraph may be cut, the best places first: between lines, sentences, clauses, words.
_LINES = re.compile(r"\n")
_SENTENCES = re.compile(r"(?<=[.!?۔؟])(?<!^\d\.)(?<!^\d\d\.)\s+")  # no choice loses its number
_CLAUSES = re.compile(r"(?<=[,;:،؛–—])\s+")
_WORDS = re.compile(r"\s+")
_CUTS = (_LINES, _SENTENCES, _CLAUSES, _WORDS)


def in_short_messages(message: Message) -> tuple[Message, ...]:
    """Return `message`, in parts if it is long; one that changes another on the screen stays one.

    What of such a one is shown is for its channel to say.
    """
    return in_parts(message) if message.style is Style.SAY else (message,)


def in_parts(message: Message) -> tuple[Message, ...]:
    """Return `message`, in parts of up to 300 characters; the last one has the buttons.

    Cut between paragraphs where that is enough, else where it reads best; only a single word may be
    longer.
    """
    if len(message.text) <= MOST_CHARS:
        return (message,)
    *before, last = short_texts(message.text)
    earlier = (Message(text, language=message.language) for text in before)
    return (*earlier, message._replace(text=last))


def short_texts(text: str) -> list[str]:
    """Return `text` in parts of up to 300 characters, filled from the end."""
    if len(text) <= MOST_CHARS:
        return [text]
    return _together([part for paragraph in text.split("\n\n") for part in _cut(paragraph)])


def _cut(text: str, cuts: tuple[re.Pattern[str], ...] = _CUTS) -> list[str]:
    """Return a text whole if it is short enough, else in groups of what lies between the cuts."""
    if len(text) <= MOST_CHARS or not cuts:
        return [text]
    groups: list[str] = []
    start = 0
    for found in [*cuts[0].finditer(text), None]:
        end = found.start() if found else len(text)
        first, *others = _cut(text[start:end], cuts[1:])
        gap = text[start - 1 : start] if start else ""
        if groups and len(groups[-1]) + len(gap) + len(first) <= MOST_CHARS:
            groups[-1] += gap + first
        else:
            groups.append(first)
        groups += others
        start = found.end() if found else end
    return groups


def _together(paragraphs: list[str]) -> list[str]:
    """Return the paragraphs in messages, filled from the end: a question keeps its hints."""
    messages = [paragraphs[-1]]
    for paragraph in reversed(paragraphs[:-1]):
        if len(paragraph) + 2 + len(messages[0]) <= MOST_CHARS:
            messages[0] = f"{paragraph}\n\n{messages[0]}"
        else:
            messages.insert(0, paragraph)
    return messages
