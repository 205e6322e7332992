"""A question that is answered by sending something: as the page draws it, and what came back."""

from typing import Any

from werkzeug.datastructures import MultiDict

from surveys.answers import storable
from surveys.media import BYTES_A_MB, ENDINGS, TYPES, MediaQuestion, Stored
from surveys.refusals import AnswerRefusedError, Refusal
from voice.services.media import find_stored
from voice.web import uploads
from voice.web.session import current_session


def read_media(question: MediaQuestion, form: MultiDict[str, str]) -> tuple[tuple[str, ...], str]:
    """Return the ids of what was sent, now or before, and the words that came with it.

    One file takes the place of another; where several may be sent, each is added.
    """
    ids = uploads.ids_for(question)
    if question.most > 1 or not ids:
        taken_away = set(form.getlist(f"{question.code}-remove"))
        before = (storable(each) for each in form.getlist(f"{question.code}-before"))
        ids = (*(each for each in before if each and each not in taken_away), *ids)
    return ids, storable(form.get(f"{question.code}-other", ""))


def check_media(question: MediaQuestion, named: tuple[str, ...] = ()) -> None:
    """Let through what was sent for this question, and write it down.

    `named` are the ids that the page came back with: one sent long ago may be gone by now.

    Raises:
        AnswerRefusedError: if it is too large, of another type, cannot be read, or is gone.
    """
    uploads.check(question)
    if any(find_stored(current_session(), each) is None for each in named):
        raise AnswerRefusedError(question.code, Refusal.NO_FILE)


def draw_media(question: MediaQuestion, values: tuple[str, ...], words: str) -> dict[str, Any]:
    """Return the question as components/media_input.html draws it."""
    found = (find_stored(current_session(), each) for each in values)
    types = TYPES[question.kind]
    return {
        "called": question.called,
        "limits": question.limits,
        "accept": ",".join((*types, *(f".{ENDINGS[each]}" for each in types))),
        "before": [{"id": each.id, "words": _in_words(each)} for each in found if each],
        "most": question.most,
        "words": words,
    }


def _in_words(stored: Stored) -> str:
    size = max(stored.size_bytes / BYTES_A_MB, 0.1)
    return f"{stored.name or 'no name'} ({size:.1f} MB)"
