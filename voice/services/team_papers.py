"""The standing item of the Wider Leadership Team: exactly four heads, two pages at most (I2)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from voice.clock import date_in_words, day_in_words
from voice.models import Consultation
from voice.reports.handout import Handout, HandoutPart
from voice.services import considering, outcomes, recommendations, theme_views, themes
from voice.services.telling import ANSWERS
from voice.services.theme_views import ThemeView

HEADS = (
    "Ensuring the voice of the child and young person is included in key strategies and plans",
    "Understanding the themes and lessons that can be learned from analysing the views of children "
    "and young people from across the different service areas.",
    "Using analysis of children and young people's views to identify gaps and duplication in "
    "service provision and ensure effective and efficient use of resources.",
    "Feeding back on key issues to the Senior Management Team meeting and Business Unit Board.",
)
MOST_LINES = 6  # under each head, so that it stays within two pages
MOST_CHARS = 220  # in a line


def write_team_paper(
    session: Session,
    consultations: Sequence[Consultation],
    *,
    council: str,
    since: datetime,
    now: datetime,
) -> Handout:
    """Return the paper about these consultations: what is new since the last meeting."""
    views = {each.title: _signed_off(session, each) for each in consultations}
    lines = (
        _strategies(session, consultations, since),
        _lessons(views),
        _gaps(session, consultations, views),
        _fed_back(session, consultations, since),
    )
    parts = (HandoutPart(head, _kept(said)) for head, said in zip(HEADS, lines, strict=True))
    return Handout(
        title="Voice of children and young people",
        council=council,
        made_on=day_in_words(now),
        demonstration=next((each.demonstration for each in consultations), ""),
        cover=(("Since last meeting:", f"{day_in_words(since)} to {day_in_words(now)}"),),
        parts=tuple(parts),
    )


def _kept(lines: Iterable[str]) -> tuple[str, ...]:
    kept = [each if len(each) <= MOST_CHARS else f"{each[: MOST_CHARS - 1]}…" for each in lines]
    more = len(kept) - MOST_LINES
    return (*kept[:MOST_LINES], *((f"And {more} more.",) if more > 0 else ()))


def _strategies(
    session: Session, consultations: Sequence[Consultation], since: datetime
) -> list[str]:
    decided = [
        f"{each.decided_by} decided on {date_in_words(each.decided_on)}: {each.words}"
        for one in consultations
        for each in considering.list_decisions(session, one)
        if each.recorded_at >= since
    ]
    asked = [
        f"Recommended, by {date_in_words(each.due_on)}: {each.words} ({each.lead_officer})"
        for one in consultations
        for each in recommendations.list_of_consultation(session, one)
        if each.made_at >= since
    ]
    return decided + asked


def _signed_off(session: Session, consultation: Consultation) -> list[ThemeView]:
    found = [
        view
        for question in themes.free_text_questions(consultation)
        for view in theme_views.read_themes(session, consultation, question.code).signed_off
    ]
    return sorted(found, key=lambda view: -view.people.count)


def _lessons(views: dict[str, list[ThemeView]]) -> list[str]:
    every = [(title, view) for title, found in views.items() for view in found]
    every.sort(key=lambda each: -each[1].people.count)
    return [f"{view.label}: {view.people.guarded_words} ({title})." for title, view in every]


def _gaps(
    session: Session, consultations: Sequence[Consultation], views: dict[str, list[ThemeView]]
) -> list[str]:
    raised: dict[str, list[str]] = defaultdict(list)
    for title, found in views.items():
        for label in {view.label for view in found}:
            raised[label].append(title)
    twice = [
        f"Raised in {len(titles)} surveys, so look for duplication: {label} ({', '.join(titles)})."
        for label, titles in raised.items()
        if len(titles) > 1
    ]
    waiting = [
        f"Nobody has answered yet: {theme.label} ({each.title})."
        for each in consultations
        for theme in outcomes.list_unanswered(session, each)
    ]
    return twice + waiting


def _fed_back(
    session: Session, consultations: Sequence[Consultation], since: datetime
) -> list[str]:
    return [
        f"You said: {each.you_said} {ANSWERS[each.kind]}: {each.we_did}"
        for one in consultations
        for each in outcomes.list_of_consultation(session, one)
        if each.published_at and each.published_at >= since
    ]
