"""Files sent in with a page: taken in before the store is locked, checked and put away at once."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from flask import current_app, g, request
from flask_wtf.csrf import validate_csrf
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import ValidationError

from surveys.media import BYTES_A_MB, MOST_MB, MediaQuestion, Stored, check_fits
from surveys.refusals import AnswerRefusedError, Refusal
from voice.services import consultations, media
from voice.services.media_content import MediaRefusedError
from voice.services.storing import looking
from voice.web.session import asked_for_now, current_session, kept_meanwhile, now, service, settings

MOST_FILES = 10
OFFICERS = "officers"  # the blueprint of their pages
CHAT_FIELD = "file"  # where the chat takes one at a time
Sent = tuple[str, FileStorage]
_MOST_BYTES = (MOST_MB + 1) * BYTES_A_MB
View = TypeVar("View", bound=Callable[..., object])


@dataclass(slots=True)
class Uploads:
    """What came with this request, by the name of its field: files put away, or why not."""

    is_too_large: bool = False  # the whole request: nothing of it was read
    files: dict[str, list[Stored | Refusal]] = field(default_factory=dict)


def takes_files(view: View) -> View:
    """Mark a page to which files may be sent."""
    view.takes_files = True  # type: ignore[attr-defined] # read back by `receive`
    return view


def receive() -> None:
    """Take in the files of this request, before anything is locked: a phone may be slow."""
    here, request = kept_meanwhile(), asked_for_now()
    here.uploads = Uploads()
    if request.method != "POST":
        return
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "takes_files", False):
        return
    request.max_content_length = _MOST_BYTES
    try:
        sent = [(name, file) for name, file in request.files.items(multi=True) if file.filename]
    except RequestEntityTooLarge:
        if (request.content_length or 0) <= _MOST_BYTES:
            raise  # it is no file that is too large
        here.uploads.is_too_large = True
        return
    for place, (name, file) in enumerate(_wanted(sent)):
        here.uploads.files.setdefault(name, []).append(_take(file, is_opened=place < MOST_FILES))


def _wanted(sent: list[Sent]) -> list[Sent]:
    """Return the files to open: on a public page, one for each question that takes a file.

    None where the page does not exist, or did not come from a form of ours.
    """
    if not sent or request.blueprint == OFFICERS:
        return sent
    fields = _fields_taken((request.view_args or {}).get("slug", ""))
    try:
        validate_csrf(request.form.get("csrf_token", ""))
    except ValidationError:
        return []
    taken: Counter[str] = Counter()
    wanted = []
    for name, file in sent:
        taken[name] += 1
        if taken[name] <= fields.get(name, 0):
            wanted.append((name, file))
    return wanted


def _fields_taken(slug: str) -> dict[str, int]:
    """Return how many files to open for each field, one more than a question of several takes."""
    with looking(service().database) as session:
        consultation = consultations.find_by_slug(session, slug)
        if consultation is None or not consultation.has_begun(now()):
            return {}
        surveys = [consultations.survey_of(each) for each in consultation.versions]
    asked = (question for survey in surveys for question in survey.questions)
    fields: dict[str, int] = {}
    for each in asked:
        if isinstance(each, MediaQuestion):
            most = each.most + (each.most > 1)
            fields[each.code] = max(most, fields.get(each.code, 0))
    return {CHAT_FIELD: 1} | fields if fields else fields


def _take(file: FileStorage, *, is_opened: bool) -> Stored | Refusal:
    if not is_opened:
        return Refusal.TOO_MANY
    with file.stream as stream:  # a large one lies in a file of its own until now
        return _put_away(stream.read(), file.filename or "")


def _put_away(content: bytes, name: str) -> Stored | Refusal:
    try:
        return media.put_away(media.folder_of(settings()), content, name=name)
    except MediaRefusedError as refused:
        return refused.refusal


def uploads() -> Uploads:
    """Return what came with this request."""
    found: Uploads = g.uploads
    return found


def ids_for(question: MediaQuestion) -> tuple[str, ...]:
    """Return the ids of the files sent for a question; of the first, where it takes one."""
    sent = _sent_for(question)
    return tuple(each.id for each in sent if isinstance(each, Stored))


def _sent_for(question: MediaQuestion) -> list[Stored | Refusal]:
    sent = uploads().files.get(question.code, [])
    return sent[:1] if question.most == 1 else sent


def check(question: MediaQuestion) -> None:
    """Let through what was sent for a question, and write it down.

    Raises:
        AnswerRefusedError: if it is too large, of another type, or cannot be read.
    """
    if uploads().is_too_large:
        raise AnswerRefusedError(question.code, Refusal.TOO_LARGE)
    for sent in _sent_for(question):
        if isinstance(sent, Refusal):
            raise AnswerRefusedError(question.code, sent)
        check_fits(question, sent)
        if media.find_stored(current_session(), sent.id) is None:
            media.add(current_session(), sent, now=now())


def attached(name: str) -> Sequence[Stored | Refusal]:
    """Return what was sent in a field that belongs to no question."""
    return uploads().files.get(name, [])
