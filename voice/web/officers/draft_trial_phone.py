"""What was given on the phone of a walk through a draft: read as a page's, and kept nowhere."""

from flask import request

from surveys.answers import Answer
from surveys.engine import Audience
from surveys.media import MediaQuestion
from surveys.questions import AnyQuestion
from voice.web.officers.draft_trial import PRETENDED
from voice.web.public.asked import Sent, read_sent


def read_phone(
    question: AnyQuestion, sent: Sent, audience: Audience
) -> tuple[Answer | None, str | None]:
    """Return the answer, or None and what is wrong with it.

    A file is never taken here: its author pretends that one came.
    """
    if "skip" in request.form:
        return read_sent(question, Sent(()), audience)
    if "pretend" in request.form and isinstance(question, MediaQuestion):
        return Answer(question.code, (PRETENDED,), sent.other), None
    return read_sent(question, sent, audience)
