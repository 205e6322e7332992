"""Page feedback: "Was this page useful?" of the council's own pages, kept by the page's address."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.answers import Answer
from surveys.questions import OneOf, Several
from voice.analysis.suppression import ShownCount, show_parts
from voice.errors import NotFoundError
from voice.models import AnswerRow, Channel, Consultation, Link, LinkKind, Response
from voice.services import links, responses
from voice.services.consultations import current_survey
from voice.services.results import counting_in

MAX_PAGE_CHARS = 300
OTHER_PAGE = "Another page, or none was named"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody said of one page. `press_key` is that of the form: kept once (REL-2)."""

    page: str
    answers: tuple[Answer, ...]
    press_key: str
    key: str


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """One of the council's pages, how many spoke of it, and what they chose."""

    page: str
    people: int
    chosen: tuple[tuple[str, ShownCount], ...]


def get_open(session: Session, code: str, *, now: datetime) -> Link:
    """Return the page-feedback link with this code.

    Raises:
        NotFoundError: if there is none, or it takes no answers now.
    """
    link = links.get_link(session, code, now=now)
    is_open = link.closed_at is None and link.consultation.is_open(now)
    if link.kind is not LinkKind.PAGE or not is_open:
        raise NotFoundError("page feedback")
    return link


def read_page(raw: str, sites: Iterable[str]) -> str:
    """Return host and path of a page on one of the council's own sites; empty for any other.

    What follows `?` or `#` is dropped: it can hold somebody's words.
    """
    try:
        parts = urlsplit(raw.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    hosts = {urlsplit(site).hostname for site in sites}
    if parts.scheme not in {"http", "https"} or host not in hosts:
        return ""
    return f"{host}{parts.path.rstrip('/')}"[:MAX_PAGE_CHARS]


def judge(session: Session, link: Link, judgement: Judgement, *, now: datetime) -> bool:
    """Keep what somebody says of a page, once for a press, and return whether it raised a concern.

    Raises:
        ConsultationClosedError: if it takes no answers at `now`.
        NotYetAnsweredError: if a required question has no answer.
    """
    if responses.find_by_press(session, judgement.press_key) is not None:
        return False
    begun = responses.start_once(
        session,
        link.consultation,
        Channel.WEB,
        now=now,
        press_key=judgement.press_key,
        key=judgement.key,
    )
    links.enter(begun.response, link)
    begun.response.page = judgement.page
    raised = [
        concern
        for answer in judgement.answers
        for concern in responses.record_answer(session, begun.response, answer, now=now)
    ]
    responses.submit_response(session, begun.response, now=now)
    return bool(raised)


def count_pages(session: Session, consultation: Consultation) -> list[JudgedPage]:
    """Return every page that somebody spoke of, those with the most answers first."""
    people = Counter(
        session.scalars(
            select(Response.page).where(counting_in(consultation), Response.link_id.is_not(None))
        )
    )
    asked = next((q for q in current_survey(consultation).questions if isinstance(q, OneOf)), None)
    chosen = _chosen(session, consultation, asked) if asked is not None else {}
    in_order = sorted(people, key=lambda page: (-people[page], page))
    return [
        JudgedPage(page or OTHER_PAGE, people[page], _breakdown(asked, chosen.get(page, ())))
        for page in in_order
    ]


def _chosen(
    session: Session, consultation: Consultation, asked: OneOf
) -> dict[str, list[Sequence[str]]]:
    rows = session.execute(
        select(Response.page, AnswerRow.values)
        .join(AnswerRow, AnswerRow.response_id == Response.id)
        .where(counting_in(consultation), AnswerRow.question == asked.code, AnswerRow.is_on_path)
    )
    chosen: defaultdict[str, list[Sequence[str]]] = defaultdict(list)
    for page, values in rows:
        if values:
            chosen[page].append(values)
    return chosen


def _breakdown(
    asked: OneOf | None, chosen: Sequence[Sequence[str]]
) -> tuple[tuple[str, ShownCount], ...]:
    if asked is None:
        return ()
    counts = Counter(code for values in chosen for code in values)
    told = {option.label: counts[option.code] for option in asked.options}
    return tuple(show_parts(told, len(chosen), one_each=not isinstance(asked, Several)).items())
