"""What people see when something goes wrong: what happened, and what they can do."""

import logging
from collections.abc import Callable

from flask import Flask, render_template, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from voice.errors import (
    ChangedMeanwhileError,
    ConsultationClosedError,
    NotAllowedError,
    NotFoundError,
    NotSavedError,
)

OURS = frozenset(("csrf_token", "press", "shown", "tap"))  # fields that nobody fills in

logger = logging.getLogger(__name__)


def register_error_pages(app: Flask) -> None:
    """Give each kind of error its page."""
    pages = {
        NotFoundError: ("errors/404.html", 404),
        ConsultationClosedError: ("errors/closed.html", 410),
        NotAllowedError: ("errors/403.html", 403),
        RequestEntityTooLarge: ("errors/413.html", 413),
        ChangedMeanwhileError: ("errors/409.html", 409),
    }
    for kind, (template, status) in pages.items():
        app.register_error_handler(kind, _page(template, status))
    app.register_error_handler(NotSavedError, _on_not_saved)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(Exception, _on_anything_else)


def _page(template: str, status: int) -> Callable[[Exception], tuple[str, int]]:
    def answer(error: Exception) -> tuple[str, int]:
        if status >= 500:
            logger.error("page failed", extra={"error": type(error).__name__})
        return _draw(template), status

    return answer


def _on_not_saved(error: Exception) -> tuple[str, int]:
    """Answer with all that was sent, so that one press sends it once more (REL-7).

    No page can hold a file: whoever sent one is told to add it again.
    """
    logger.error("page failed", extra={"error": type(error).__name__})
    is_answer = request.method == "POST" and request.path.startswith("/consultations/")
    sent = list(request.form.items(multi=True)) if is_answer else []
    words = [value for name, value in sent if name not in OURS and len(value.split()) > 1]
    has_lost_files = bool(sent) and any(each.filename for each in request.files.values())
    return _draw("errors/503.html", sent=sent, words=words, has_lost_files=has_lost_files), 503


def _on_http_error(error: HTTPException) -> tuple[str, int] | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    known = {403, 404, 413}
    template = f"errors/{status}.html" if status in known else "errors/400.html"
    if status >= 500:
        template = "errors/500.html"
    return _draw(template, status=status), status


def _on_anything_else(error: Exception) -> tuple[str, int]:
    # The type alone: an error's message can hold somebody's words.
    logger.error("page failed", extra={"error": type(error).__name__})
    return _draw("errors/500.html"), 500


def _draw(template: str, **more: object) -> str:
    """Draw the page with a way to leave at once, as a victim or a child may be the one to meet it.

    Nothing says from which survey they came, so that no device keeps that. Officers need none.
    """
    is_public = not request.path.startswith("/officers")
    return render_template(template, exit_page=is_public, **more)
