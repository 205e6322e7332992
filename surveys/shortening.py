"""A long message as several short ones, since nobody reads a screenful in a chat."""

import re
from dataclasses import replace

from surveys.turns import Message, Style

MOST_CHARS = 300
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n")


def in_short_messages(message: Message) -> tuple[Message, ...]:
    """Return `message`, in parts of up to 300 characters; the last one has the buttons.

    Cut between paragraphs where that is enough, else between sentences. A message that changes one
    on the screen stays one, and so does a single sentence, however long.
    """
    if message.style is not Style.SAY or len(message.text) <= MOST_CHARS:
        return (message,)
    paragraphs = [
        part
        for paragraph in message.text.split("\n\n")
        for part in _cut(paragraph)
    ]  # fmt: skip
    *before, last = _together(paragraphs)
    return (*(Message(text) for text in before), replace(message, text=last))


def _cut(paragraph: str) -> list[str]:
    """Return a paragraph whole if it is short enough, else as groups of its sentences."""
    if len(paragraph) <= MOST_CHARS:
        return [paragraph]
    groups: list[str] = []
    start = 0
    for found in [*_SENTENCES.finditer(paragraph), None]:
        end = found.start() if found else len(paragraph)
        sentence = paragraph[start:end]
        gap = paragraph[start - 1 : start] if start else ""
        if groups and len(groups[-1]) + len(gap) + len(sentence) <= MOST_CHARS:
            groups[-1] += gap + sentence
        else:
            groups.append(sentence)
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
