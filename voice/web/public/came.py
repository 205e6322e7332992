"""How somebody came to be asked, carried by the page itself: a browser may lose its key meanwhile.

The way, the language, the class and the year group are in hidden fields. A page that is sent in by
a browser without its key is asked on, and counted, as it was begun.
"""

from collections.abc import Mapping

from flask import request

from voice.errors import NotFoundError
from voice.models import Consultation, Response
from voice.services import lessons, responses
from voice.web.public.ways import LANGUAGE, WAY, newcomers_setting
from voice.web.session import current_session, now

LESSON, YEAR_GROUP = "came-lesson", "came-year-group"


def came_by(response: Response | None) -> dict[str, str]:
    """Return the fields that a page carries, without empty ones.

    Those that it sent, where the browser has no key.
    """
    if response is None:
        sent: Mapping[str, str] = request.form
        fields = {name: sent.get(name, "") for name in (WAY, LANGUAGE, LESSON, YEAR_GROUP)}
    else:
        fields = {
            WAY: response.variant,
            LANGUAGE: response.language,
            LESSON: lessons.code_of(current_session(), response),
            YEAR_GROUP: response.year_group,
        }
    return {name: value for name, value in fields.items() if value}


def take_up(consultation: Consultation, response: Response) -> None:
    """Let a response that began anew be what the page says that it was: as asked, in its class."""
    fields = came_by(None)
    if fields.keys() & {WAY, LANGUAGE}:
        wanted = newcomers_setting(consultation)
        way, language = wanted.variant, wanted.language
        responses.change_way(current_session(), response, variant=way, language=language)
    try:
        lesson = lessons.get_lesson(current_session(), fields.get(LESSON, ""))
    except NotFoundError:
        return
    if lesson.link.consultation_id == consultation.id:
        lessons.rejoin(response, lesson, fields.get(YEAR_GROUP, ""), now=now())
