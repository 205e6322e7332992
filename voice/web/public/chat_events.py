"""What somebody did on the page of the web chat, as the conversation takes it."""

from flask import request

from surveys.media import MOST_MB, TYPES, MediaQuestion
from surveys.parts import DONE
from surveys.refusals import Refusal
from surveys.turns import Event, Media, Start, Tap, Text
from voice.web.languages import ENGLISH, chosen_language
from voice.web.uploads import attached, takes_files, uploads

__all__ = ["FILE", "TOO_MANY_MB", "accepted", "is_too_large", "sent_event", "takes_files"]
FILE = "file"
TOO_MANY_MB = f"That file is too large. We can take files of up to {MOST_MB} MB here"


def sent_event() -> Event:
    """Return the button pressed, the file that came, the words sent, or the start.

    A file that was chosen before "Done" was pressed is taken: nobody leaves it out on purpose.
    """
    token = request.form.get("tap", "")
    if token and not (token.endswith(DONE) and attached(FILE)):
        return Tap(token)
    words = request.form.get("words", "")
    for sent in attached(FILE)[:1]:
        if isinstance(sent, Refusal):
            return Media(FILE, refusal=sent, words=words)
        return Media(FILE, stored=sent, words=words)
    if "words" in request.form and "start" not in request.form:
        reads = chosen_language()
        return Text(words, reads="" if reads == ENGLISH else reads)
    return Start()


def is_too_large() -> bool:
    """Return whether nothing of the page was read, because of its size."""
    return uploads().is_too_large


def accepted(question: MediaQuestion | None) -> str:
    """Return which types a browser offers to choose; empty where no file is asked for."""
    return ",".join(TYPES[question.kind]) if question is not None else ""
