"""The web chat: the same conversation as in a messenger, with nothing to install."""

from functools import partial

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.services import links, web_chats, web_written
from voice.web.access import EVERYBODY, open_to
from voice.web.devices import find_door, find_kiosk
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.blueprint import blueprint
from voice.web.public.chat_events import (
    TOO_MANY_MB,
    accepted,
    is_too_large,
    sent_event,
    takes_files,
)
from voice.web.public.chat_words import TOO_LONG, is_too_long, said_in, way_to_delete
from voice.web.public.starting import get_consultation
from voice.web.public.visitors import (
    CHAT_COOKIE,
    first_key,
    go_on_chatting,
    keep_key,
    note_reply,
    page_setting,
)
from voice.web.public.ways import newcomers_setting, newcomers_survey
from voice.web.session import current_session, now, settings, write_beside

# Buttons that are there on every turn stand back behind those that answer.
_STANDING_BACK = (".-skip", ".-back", ".-stop", ".-help")


@blueprint.get("/consultations/<slug>/chat")
@open_to(EVERYBODY)
def chat(slug: str) -> ResponseReturnValue:
    """Show the conversation so far and what may be said next; never on a kiosk."""
    if find_kiosk() is not None:
        return redirect(url_for(".start", slug=slug))
    return _draw(slug, PressForm(formdata=None))


@blueprint.post("/consultations/<slug>/chat")
@open_to(EVERYBODY)
@takes_files
def say(slug: str) -> ResponseReturnValue:
    """Take in one button or some words; the same page sent twice is one turn."""
    if is_too_large():
        return _draw(slug, PressForm(formdata=None), error=TOO_MANY_MB)
    form, typed = PressForm(), request.form.get("words", "")
    if not form.validate_on_submit():
        return _draw(slug, form, typed=typed, error=EXPIRED)
    if is_too_long(typed):
        return _draw(slug, form, typed=typed, error=TOO_LONG)
    consultation = get_consultation(slug)
    key = request.cookies.get(CHAT_COOKIE) or first_key(form.press_key)
    received = web_chats.arrive(
        current_session(),
        settings(),
        web_chats.Browser(slug, key, newcomers_setting(consultation)),
        sent_event(),
        press_key=form.press_key,
        now=now(),
    )
    if received.chat is not None and received.chat.response is not None:
        links.enter(received.chat.response, find_door(slug))
        note_reply(received.chat.response)
    if request.form.get("tap") and typed.strip():
        # A button was pressed with words in the box: they are not sent, and not lost.
        page = _draw(slug, PressForm(formdata=None), typed=typed, key=key)
        return keep_key(page, CHAT_COOKIE, slug, key)
    if typed.strip() and received.kept_none:
        # Words that answer nothing are kept nowhere, but stay before whoever typed them.
        page = _draw(slug, PressForm(formdata=None), unheard=typed.strip(), key=key)
        return keep_key(page, CHAT_COOKIE, slug, key)
    begun = received.chat.response if received.chat is not None else None
    return keep_key(go_on_chatting(slug, begun), CHAT_COOKIE, slug, key)


def _look(browser: web_chats.Browser) -> web_chats.ChatView | None:
    """Return what the page shows, and note what is seen of it for the first time."""
    view = web_chats.view_for(current_session(), settings(), browser, now=now())
    if view is not None and view.unseen:
        seen = partial(web_written.note_seen, settings=settings(), numbers=view.unseen, now=now())
        write_beside(seen)
    return view


def _draw(
    slug: str,
    form: PressForm,
    *,
    typed: str = "",
    unheard: str = "",
    error: str | None = None,
    key: str = "",
) -> Response:
    consultation = get_consultation(slug)
    browser = web_chats.Browser(slug, key or request.cookies.get(CHAT_COOKIE, ""))
    view = _look(browser) if browser.key else None
    survey = view.survey if view is not None else newcomers_survey(consultation)
    said = view.messages[-1] if view and view.messages and not view.is_over else None
    buttons = [(b.token, b.label) for row in said.rows for b in row] if said else []
    has_code = view is not None and view.is_answered and survey.joins is not None
    answered = web_chats.find_response(current_session(), settings(), browser) if has_code else None
    page = render_template(
        "public/chat.html",
        view=view,
        choices=[pair for pair in buttons if not pair[0].endswith(_STANDING_BACK)],
        quiet=[
            *(pair for pair in buttons if pair[0].endswith(_STANDING_BACK)),
            *way_to_delete(view),
        ],
        form=form,
        typed=typed,
        unheard=unheard,
        said=said_in(survey.language),
        accept=accepted(view.waits_for if view else None),
        errors=[("say", error)] if error else [],
        survey=survey,
        response=answered,
        in_chat="yes",
        is_open=consultation.is_open(now()),
        **page_setting(consultation, survey),
    )
    return make_response(page, 422 if error else 200)
