"""What came in a chat: a command, or a file, and whether its question takes it."""

from surveys.media import MediaQuestion, check_fits
from surveys.refusals import AnswerRefusedError, Refusal
from surveys.turns import Command, Edited, Event, Media, Text
from surveys.typed import command_in


def is_file(sent: Media) -> bool:
    """Return whether it was put away, or refused; a place or a contact is neither."""
    return sent.stored is not None or sent.refusal is not None


def is_command(event: Event) -> bool:
    """Return whether this asks for something, whatever was asked last."""
    return isinstance(event, Command) or (
        isinstance(event, Text | Edited) and command_in(event.text) is not None
    )


def ids_of(sent: Media) -> tuple[str, ...]:
    """Return the id of what was put away, as an answer has it."""
    return (sent.stored.id,) if sent.stored is not None else ()


def why_not(question: MediaQuestion, sent: Media) -> Refusal | None:
    """Return why this question does not take what was sent; None if it does."""
    if sent.stored is None:
        return sent.refusal
    try:
        check_fits(question, sent.stored)
    except AnswerRefusedError as refused:
        return refused.refusal
    return None
