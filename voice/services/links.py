"""Links: short addresses by which people come in, counted and never followed to a person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from voice.errors import NotFoundError
from voice.models import Channel, Consultation, Link, LinkKind, Officer, Response
from voice.services import audit, keys

MAX_LABEL_CHARS = 100
IDLE_MINUTES = (3, 5, 10)  # each has its own rule in voice/static/doors.css
WARNING_MINUTES = 2  # said so long before a kiosk begins anew (ACC-3)
_CHANNELS = {LinkKind.KIOSK: Channel.KIOSK, LinkKind.CLASS: Channel.CLASSROOM}


@dataclass(frozen=True, slots=True)
class NewLink:
    """What an officer says of a link they make. `course` is of whoever comes in; "": of none."""

    label: str
    kind: LinkKind
    idle_minutes: int = 5
    course: str = ""


@dataclass(frozen=True, slots=True)
class CountedLink:
    """A link with how many responses began by it and how many of those were sent in."""

    link: Link
    begun: int
    sent: int


def make_link(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    new: NewLink,
    *,
    now: datetime,
) -> Link:
    """Make a short link into `consultation`.

    Raises:
        ValueError: if its label is empty or too long, or nobody offers so many idle minutes.
    """
    label = new.label.strip()
    if not label or len(label) > MAX_LABEL_CHARS or new.idle_minutes not in IDLE_MINUTES:
        raise ValueError("a link needs a label of up to 100 characters")
    link = Link(
        consultation=consultation,
        code=keys.new_typed_code(),
        label=label,
        kind=new.kind,
        wave=new.course,
        idle_minutes=new.idle_minutes,
        made_at=now,
    )
    session.add(link)
    session.flush()
    audit.record(session, officer, "link made", link.id, now=now)
    return link


def close_link(session: Session, link: Link, officer: Officer, *, now: datetime) -> None:
    """Count no more by this link; it still leads to the consultation."""
    if link.closed_at is None:
        link.closed_at = now
        audit.record(session, officer, "link closed", link.id, now=now)


def list_links(session: Session, consultation: Consultation) -> list[CountedLink]:
    """Return the links of a consultation, oldest first, with what came in by each."""
    counted = (
        select(Response.link_id, func.count(), func.count(Response.submitted_at))
        .where(Response.consultation_id == consultation.id, Response.link_id.is_not(None))
        .group_by(Response.link_id)
    )
    by_link = {link_id: (begun, sent) for link_id, begun, sent in session.execute(counted)}
    found = session.scalars(
        select(Link).where(Link.consultation_id == consultation.id).order_by(Link.made_at, Link.id)
    )
    return [CountedLink(each, *by_link.get(each.id, (0, 0))) for each in found]


def get_link(session: Session, code: str, *, slug: str = "", now: datetime | None = None) -> Link:
    """Return the link with this code; of this consultation, and opened by `now`, if they are given.

    Raises:
        NotFoundError: if there is none.
    """
    link = find_link(session, code)
    is_it = link is not None and slug in {"", link.consultation.slug}
    if link is None or not is_it or not (now is None or link.consultation.has_begun(now)):
        raise NotFoundError("link")
    return link


def find_link(session: Session, code: str) -> Link | None:
    """Return the link with this code, however it was typed, or None."""
    typed = keys.read_typed_code(code)
    found = select(Link).where(Link.code == typed).options(joinedload(Link.consultation))
    return session.scalar(found) if typed else None


def find_door(session: Session, slug: str, code: str) -> Link | None:
    """Return the link by which a browser came in to this consultation; None if it is closed."""
    link = find_link(session, code)
    if link is None or link.closed_at is not None or link.consultation.slug != slug:
        return None
    return link


def note_opened(session: Session, link: Link) -> None:
    """Count one more opening, of nobody in particular."""
    if link.closed_at is None:
        session.execute(
            update(Link)
            .where(Link.id == link.id)
            .values(opened=Link.opened + 1)
            .execution_options(synchronize_session=False)
        )


def channel_of(link: Link | None) -> Channel:
    """Return the channel of those who answer on pages after coming in by this link, if any."""
    return _CHANNELS.get(link.kind, Channel.WEB) if link is not None else Channel.WEB


def enter(response: Response, link: Link | None) -> None:
    """Remember with the response by which link it was begun, and its course; the first stays."""
    if link is not None and response.link_id is None and response.submitted_at is None:
        response.link_id = link.id
        response.wave = response.wave or link.wave


def find_of(session: Session, response: Response) -> Link | None:
    """Return the link by which this response was begun, or None."""
    return session.get(Link, response.link_id) if response.link_id is not None else None


def judging_pages(session: Session) -> set[UUID]:
    """Return the consultations that ask about the council's pages, so are found there alone."""
    return set(session.scalars(select(Link.consultation_id).where(Link.kind == LinkKind.PAGE)))
