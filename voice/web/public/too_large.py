"""A file so large that nothing of its page was read: said on the same page again."""

from werkzeug.wrappers import Response as Reply

from surveys.questions import MediaQuestion
from surveys.refusals import Refusal
from voice.web.forms import Press
from voice.web.public.drawing import draw
from voice.web.public.found import Asked
from voice.web.public.wording import refusal_in_words
from voice.web.uploads import takes_files, uploads

__all__ = ["draw_too_large", "takes_files"]


def draw_too_large(asked: Asked) -> Reply | None:
    """Return the question with what is wrong; None if the page was read. What was kept stays."""
    if not uploads().is_too_large or not isinstance(asked.question, MediaQuestion):
        return None
    error = refusal_in_words(Refusal.TOO_LARGE, asked.question, asked.survey.audience)
    errors = [(asked.question.code, error)]
    reply = draw(asked, asked.given, Press(blank=True), errors=errors)
    reply.status_code = 413
    return reply
