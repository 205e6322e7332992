"""How a browser is known again: a key of chance in a cookie, one for each consultation."""

from typing import TypeVar

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from surveys.engine import Audience, Survey
from voice.errors import NotFoundError
from voice.models import Consultation, Response
from voice.services import conferences, invitees, keys, responses
from voice.services.responses import Begun
from voice.web.addresses import address_of
from voice.web.devices import find_kiosk
from voice.web.languages import ENGLISH, choose_language, language_before, speak
from voice.web.session import asked_for_now, current_session, let_next_person_come, now, settings

ANSWERS_COOKIE = "answers"
CHAT_COOKIE = "chat"
INVITED_COOKIE = "invited"
VIEW_COOKIE = "view"  # the code of a link before a meeting, and which response was begun by it
COOKIE_SECONDS = 60 * 60 * 24 * 30
MAX_MEETING_CHARS = 40
Answered = TypeVar("Answered", bound=Reply)


def find_response(slug: str, *, to_change: bool = False) -> Response | None:
    """Return the response that this browser began, or None."""
    key = asked_for_now().cookies.get(ANSWERS_COOKIE)
    if not key:
        return None
    try:
        found = responses.get_by_key(current_session(), slug, key, to_change=to_change)
    except NotFoundError:
        return None
    if found.helped_by:  # the worker beside them may read another language, which stays theirs
        choose_language(language_before())
    return found


def remember(reply: Answered, slug: str, begun: Begun) -> Answered:
    """Give the browser the key to the response it has just begun or taken up.

    A device that somebody else uses next loses it when it is closed, at the latest.
    """
    is_shared = begun.response.channel.is_shared or find_kiosk() is not None
    reply = keep_key(reply, ANSWERS_COOKIE, slug, begun.key, is_shared=is_shared)
    return remember_meeting(reply, begun.response, is_shared=is_shared)


def remember_meeting(reply: Answered, response: Response, *, is_shared: bool = False) -> Answered:
    """Bind the link before a meeting to the response begun by it, and to no other.

    The page that began it says which link, so that a link opened and left is nobody else's.
    """
    slug = response.consultation.slug
    if code := conferences.code_in(request.values.get("meeting", ""))[:MAX_MEETING_CHARS]:
        view = f"{code}.{response.reference}"
        return keep_key(reply, VIEW_COOKIE, slug, view, is_shared=is_shared)
    bound_to = request.cookies.get(VIEW_COOKIE, "").rpartition(".")[2]
    return reply if bound_to == response.reference else let_go(reply, VIEW_COOKIE, slug)


def meeting_here(consultation: Consultation) -> str:
    """Return the code of the link before a meeting that the address names; "" if it is none."""
    code = conferences.code_in(request.values.get("meeting", ""))[:MAX_MEETING_CHARS]
    is_known = code and conferences.is_code_of(current_session(), consultation, code)
    return code if is_known else ""


def go_on_chatting(slug: str, begun: Response | None) -> Reply:
    """Return to the chat; the link before a meeting goes with it until a response is begun."""
    meeting, page = request.form.get("meeting"), "public.chat"
    if meeting and begun is not None and begun.submitted_at is None:
        return remember_meeting(redirect(url_for(page, slug=slug) + "#now"), begun)
    return redirect(url_for(page, slug=slug, meeting=meeting) + "#now")


def let_go_of_person(reply: Answered, slug: str, *, is_shared: bool = True) -> Answered:
    """Let a device that somebody else uses next forget who was here, and by which link.

    On one that is known to be shared, whoever comes next is counted as somebody else.
    """
    choose_language("")
    if is_shared:
        let_next_person_come()
    for cookie in (ANSWERS_COOKIE, VIEW_COOKIE):
        reply = let_go(reply, cookie, slug)
    return reply


def first_key(press_key: str) -> str:
    """Return a new browser's key: the same for both presses of a double click (REL-2).

    Nobody without our secret can make it from the press, which is stored.
    """
    return keys.keyed_hash(settings().secret_key, "first press", press_key)


def keep_key(
    reply: Answered,
    cookie: str,
    slug: str,
    key: str,
    *,
    is_shared: bool = False,
) -> Answered:
    """Set a cookie that only this consultation's pages get, and no script can read."""
    reply.set_cookie(
        cookie,
        key,
        max_age=None if is_shared else COOKIE_SECONDS,
        path=address_of("public.start", slug=slug),
        secure=settings().is_https,
        httponly=True,
        samesite="Lax",
    )
    return reply


def let_go(reply: Answered, cookie: str, slug: str) -> Answered:
    """Take the key out of the browser again."""
    reply.delete_cookie(cookie, path=address_of("public.start", slug=slug))
    return reply


def note_reply(response: Response) -> None:
    """Note that whoever came by an invitation of their own has sent a reply in, if one did."""
    code = request.cookies.get(INVITED_COOKIE, "")
    if code and not response.channel.is_shared:
        invitees.note_reply(current_session(), code, response, now=now())
    view, _, bound_to = request.cookies.get(VIEW_COOKIE, "").rpartition(".")
    if view and bound_to == response.reference:
        conferences.note_view(current_session(), view, response, now=now())


def page_setting(consultation: Consultation, survey: Survey) -> dict[str, object]:
    """Return what every page of a consultation passes to its template, in the survey's language."""
    speak(survey.language)
    return setting_around(consultation, survey)


def setting_around(consultation: Consultation, survey: Survey) -> dict[str, object]:
    """Return the same for a page round a survey: it speaks the language that was chosen.

    There the words of a survey that has no such language are marked as English.
    """
    return {
        "consultation": consultation,
        "title": title_for(consultation, survey),
        "audience": survey.audience.value,
        "presentation": survey.presentation.value,
        "has_ways": len(survey.variants) > 1 or len(survey.languages) > 1,
        "exit_page": survey.audience is not Audience.ADULT,
        "demonstration": consultation.demonstration or None,
    }


def title_for(consultation: Consultation, survey: Survey) -> str:
    """Return the title as this person reads it: the officers' own, unless they read another."""
    titles = {variant.title for variant in survey.variants}
    is_reworded = survey.language != ENGLISH or survey.title in titles
    return survey.title if is_reworded else consultation.title
