"""Words that stand for a press or a link: an invitation's code alone, a button of ours at rest."""

import re
from dataclasses import replace
from functools import lru_cache

from sqlalchemy import select

from surveys.catalogue import offered_languages, say
from surveys.turns import Message, Start, State, Tap, Text
from surveys.typed import plain
from surveys.wording import UNKNOWN_CODE
from surveys.writing_first import ANSWER_NOW, RESTING
from voice.models import Channel, Chat, Delivery, DeliveryKind
from voice.services import chat_invitations, consultations, deliveries, links
from voice.services.chat_arrivals import Arrival, Visit

_CODE = re.compile(r"[0-9a-z]{4}([ -]?)(?:[0-9a-z]{4}\1){2}[0-9a-z]{4}", re.ASCII)
_BEFORE_THE_FIRST = frozenset({"age", "welcome"})


def looks_like_code(text: str) -> bool:
    """Return whether this has the shape of an invitation's code, and cannot be plain words."""
    said = plain(text)
    return bool(_CODE.fullmatch(said)) and ("-" in said or any(map(str.isdigit, said)))


def as_meant(visit: Visit) -> Visit:
    """Return the visit with what its words stand for, where they are no answer to a question.

    A code that is nobody's is taken as a link with it is: as a start, and nothing more. Its words
    are screened.
    """
    event = visit.arrival.event
    if not isinstance(event, Text):
        return visit
    if looks_like_code(event.text) and _is_before_the_first(visit):
        return replace(visit, arrival=_with_code(visit, event.text.strip()))
    if plain(event.text) in _answer_now() and (token := _button_sent(visit)):
        return replace(visit, arrival=replace(visit.arrival, event=Tap(token)))
    return visit


def unknown_code(visit: Visit) -> tuple[Message, ...]:
    """Return what is said before all else to somebody whose code is none of ours; else nothing.

    The same whether they typed it or came by a link, and whatever is wrong with it.
    """
    code = visit.arrival.payload if isinstance(visit.arrival.event, Start) else ""
    code = code if visit.arrival.channel is not Channel.WEB_CHAT else visit.arrival.caption
    if not looks_like_code(code) or _opens(visit, code) or _is_link(visit, code):
        return ()
    return (Message(UNKNOWN_CODE),)


def _is_link(visit: Visit, code: str) -> bool:
    """Return whether a consultation or a short link only looks like an invitation's code."""
    by_slug = consultations.find_by_slug(visit.session, code)
    return by_slug is not None or links.find_link(visit.session, code) is not None


def _with_code(visit: Visit, code: str) -> Arrival:
    arrival = replace(visit.arrival, event=Start())
    if _opens(visit, code):
        return replace(arrival, payload=code)
    is_web = arrival.channel is Channel.WEB_CHAT  # its page is about one consultation
    return replace(arrival, payload=arrival.payload if is_web else code, caption=code)


def _opens(visit: Visit, code: str) -> bool:
    """Return whether this code invites somebody to what has opened, and to this page's if any."""
    found = chat_invitations.consultation_of(visit.session, code, now=visit.now)
    is_web = visit.arrival.channel is Channel.WEB_CHAT
    return found is not None and (not is_web or visit.arrival.payload in {found.slug, code})


def _is_before_the_first(visit: Visit) -> bool:
    chat = _current(visit)
    return chat is None or (chat.response_id is None and chat.state["stage"] in _BEFORE_THE_FIRST)


def _current(visit: Visit) -> Chat | None:
    chat_id = visit.participant.current_chat_id
    return visit.session.get(Chat, chat_id) if chat_id is not None else None


def _button_sent(visit: Visit) -> str:
    """Return the token of the newest "Answer now" that we sent to somebody who is at rest."""
    chat = _current(visit)
    if chat is not None and State.from_json(chat.state, {}).stage not in RESTING:
        return ""
    newest = visit.session.scalar(
        select(Delivery)
        .where(
            Delivery.participant_id == visit.participant.id,
            Delivery.kind == DeliveryKind.BROADCAST,
        )
        .order_by(Delivery.id.desc())
        .limit(1)
    )
    rows = deliveries.read_body(newest)[0].rows if newest is not None else ()
    tokens = (each.token for row in rows for each in row if plain(each.label) in _answer_now())
    return next(tokens, "")


@lru_cache(maxsize=1)
def _answer_now() -> frozenset[str]:
    return frozenset(plain(say(language, ANSWER_NOW)) for language in offered_languages())
