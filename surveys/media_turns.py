"""What came in a chat: a command, or a file, and whether its question takes it."""

from surveys.answers import Answer
from surveys.media import MediaQuestion, check_fits
from surveys.questions import AnyQuestion
from surveys.refusals import AnswerRefusedError, Refusal
from surveys.turns import Command, Edited, Event, Media, State, Text
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


def after(state: State, sent: Media) -> tuple[tuple[str, ...], str]:
    """Return all that was sent to the question asked now, this last, and all words with it."""
    before = state.answers.get(state.asking) if state.picks else None
    words = (before.other if before is not None else "", sent.words)
    return (*state.picks, *ids_of(sent)), "\n".join(each for each in words if each.strip())


def is_more_welcome(question: AnyQuestion, answer: Answer) -> bool:
    """Return whether more may be sent after this answer, one by one, until Done is pressed."""
    return isinstance(question, MediaQuestion) and 0 < len(answer.values) < question.most


def has_sent(question: AnyQuestion | None, state: State) -> bool:
    """Return whether something was sent to the question asked now, and more is waited for."""
    return isinstance(question, MediaQuestion) and bool(state.picks)


def why_not(question: MediaQuestion, sent: Media) -> Refusal | None:
    """Return why this question does not take what was sent; None if it does."""
    if sent.stored is None:
        return sent.refusal
    try:
        check_fits(question, sent.stored)
    except AnswerRefusedError as refused:
        return refused.refusal
    return None
