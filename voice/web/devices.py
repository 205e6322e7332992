"""What a device remembers: by which link it came in, and that it is a kiosk for many people."""

from dataclasses import dataclass

from flask import g, request, url_for
from werkzeug.wrappers import Response as Reply

from voice.models import Channel, Link, LinkKind
from voice.services import links
from voice.web.session import asked_for_now, current_session, kept_meanwhile, settings

DOOR_COOKIE = "door"
KIOSK_MARK = "kiosk-"  # so that no other device's pages need to look its link up
KIOSK_SECONDS = 60 * 60 * 24 * 365
THANKS_SECONDS = 60
MINUTE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Kiosk:
    """How a device behaves that stands in a library: where it begins, and after how long."""

    idle_minutes: int
    start: str
    reset: str


def keep_door(reply: Reply, link: Link) -> Reply:
    """Remember the link until the browser is closed; on a kiosk, until it is switched off."""
    is_kiosk = link.kind is LinkKind.KIOSK
    reply.set_cookie(
        DOOR_COOKIE,
        KIOSK_MARK * is_kiosk + link.code,
        max_age=KIOSK_SECONDS if is_kiosk else None,
        secure=settings().is_https,
        httponly=True,
        samesite="Lax",
    )
    return reply


def forget_door(reply: Reply) -> Reply:
    """Let the device be an ordinary one again."""
    reply.delete_cookie(DOOR_COOKIE)
    g.kiosk = None
    return reply


def find_door(slug: str) -> Link | None:
    """Return the link by which this browser came to this consultation, or None."""
    code = request.cookies.get(DOOR_COOKIE, "").removeprefix(KIOSK_MARK)
    return links.find_door(current_session(), slug, code) if code else None


def find_kiosk() -> Kiosk | None:
    """Return how this device behaves as a kiosk; None if it is an ordinary one."""
    here = kept_meanwhile()
    if "kiosk" not in here:
        asked = asked_for_now()
        cookie = asked.cookies.get(DOOR_COOKIE, "") if asked.blueprint == "public" else ""
        here.kiosk = _kiosk(cookie.removeprefix(KIOSK_MARK)) if KIOSK_MARK in cookie else None
    found: Kiosk | None = here.kiosk
    return found


def channel_here(door: Link | None) -> Channel:
    """Return the channel of whoever begins now on this device."""
    return Channel.KIOSK if find_kiosk() is not None else links.channel_of(door)


def _kiosk(code: str) -> Kiosk | None:
    link = links.find_link(current_session(), code)
    if link is None or link.closed_at is not None or link.kind is not LinkKind.KIOSK:
        return None
    slug = link.consultation.slug
    start, reset = url_for("public.start", slug=slug), url_for("public.reset", slug=slug)
    return Kiosk(link.idle_minutes, start, reset)


def begin_anew_when_idle(reply: Reply) -> Reply:
    """Clear a kiosk's screen once nobody has touched it for so long; no script is needed."""
    kiosk: Kiosk | None = kept_meanwhile().get("kiosk")
    if kiosk is None or reply.mimetype != "text/html" or "Refresh" in reply.headers:
        return reply
    # Where it begins, but in a language that somebody chose, is theirs and not the next one's.
    if request.full_path.rstrip("?") != kiosk.start or request.method != "GET":
        reply.headers["Refresh"] = f"{kiosk.idle_minutes * MINUTE_SECONDS}; url={kiosk.reset}"
    return reply
