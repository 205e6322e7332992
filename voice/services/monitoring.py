"""What a committee watches: recommendations at 6 and 12 months, actions, progress and impact."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from voice.clock import date_in_words, day_in_words, in_london
from voice.models import Consultation, Outcome, OutcomeKind, Recommendation, Theme
from voice.reports.handout import Handout, HandoutPart, HandoutTable
from voice.services import outcomes, recommendations, theme_views
from voice.services.recommendations import COLOURS, PROGRESS, RATINGS, newest_rating, newest_update

SIX, TWELVE = recommendations.MONTHS
NOT_RATED = "Not rated yet"
NO_UPDATE = "No update yet"
COMPLETE, IN_PROGRESS = "Complete", "In progress"
SIX_MONTHS_HEAD = (
    "Recommendation",
    "Lead Cabinet Member",
    "Lead Officer",
    "Action by date",
    "Original Response and Actions",
    "Progress Update After 6 months",
    "Committee RAG Rating",
)
TWELVE_MONTHS_HEAD = (
    "Accepted Recommendations",
    "Original Response and Actions",
    "Progress Update after 12 months",
    "Committee Assessment of Progress (RAG status)",
)


def write_monitoring(
    session: Session, consultation: Consultation, *, months: int, council: str, now: datetime
) -> Handout:
    """Return the table of recommendations after 6 or 12 months, in the papers' own columns."""
    listed = recommendations.list_of_consultation(session, consultation)
    is_six = months == SIX
    row = _six_row if is_six else _twelve_row
    table = HandoutTable(
        f"Recommendations after {months} months",
        SIX_MONTHS_HEAD if is_six else TWELVE_MONTHS_HEAD,
        tuple(row(each) for each in listed),
        tuple(_colour(each, months) for each in listed),
    )
    return Handout(
        title=f"{consultation.title}: recommendations after {months} months",
        council=council,
        made_on=day_in_words(now),
        demonstration=consultation.demonstration,
        cover=_cover(listed, consultation, now),
        parts=(
            HandoutPart("Progress on recommendations", table=table),
            HandoutPart("Evidence", tuple(_rests_on(session, each) for each in listed)),
        ),
        notes=("The rating is the committee’s own: no officer can give it.",),
        is_wide=True,
    )


def _cover(
    listed: Sequence[Recommendation], consultation: Consultation, now: datetime
) -> tuple[tuple[str, str], ...]:
    officers = ", ".join(dict.fromkeys(each.lead_officer for each in listed)) or "–"
    members = ", ".join(dict.fromkeys(each.lead_member for each in listed)) or "–"
    agreed = min((each.agreed_on for each in listed), default=None)
    return (
        ("Inquiry:", consultation.title),
        (
            "Select Committee Inquiry Report Completion Date:",
            date_in_words(agreed) if agreed else "–",
        ),
        ("Date of this update:", day_in_words(now)),
        ("Lead Officer responsible for this response:", officers),
        ("Cabinet Member that has signed-off this update:", members),
    )


def _six_row(each: Recommendation) -> tuple[str, ...]:
    return (
        f"{each.number}. {each.words}",
        each.lead_member,
        each.lead_officer,
        date_in_words(each.due_on),
        each.response,
        _update(each, SIX),
        _rating(each, SIX),
    )


def _twelve_row(each: Recommendation) -> tuple[str, ...]:
    said = (f"{each.number}. {each.words}", each.response, _update(each, TWELVE))
    return (*said, _rating(each, TWELVE))


def _update(each: Recommendation, months: int) -> str:
    found = newest_update(each, months)
    return f"{found.words} So what: {found.impact}" if found else NO_UPDATE


def _rating(each: Recommendation, months: int) -> str:
    found = newest_rating(each, months)
    return RATINGS[found.rating] if found else NOT_RATED


def _colour(each: Recommendation, months: int) -> str:
    found = newest_rating(each, months)
    return COLOURS[found.rating] if found else ""


def _rests_on(session: Session, each: Recommendation) -> str:
    said = list(themes_behind(session, each))
    responses = sum(one.response_id is not None for one in each.evidence)
    if responses:
        said.append(f"{responses} {'response' if responses == 1 else 'responses'} linked")
    return f"{each.number}. {'; '.join(said) or 'Nothing is linked yet'}."


def themes_behind(session: Session, each: Recommendation) -> tuple[str, ...]:
    """Return the themes that a recommendation rests on, each with its figure, guarded if small."""
    found = [session.get_one(Theme, one.theme_id) for one in each.evidence if one.theme_id]
    views = (theme_views.get_view(session, each.consultation, theme) for theme in found)
    return tuple(f"“{one.label}”, {one.people.guarded_words}" for one in views if one is not None)


def write_progress(
    session: Session, consultation: Consultation, *, council: str, now: datetime
) -> Handout:
    """Return Action, Progress and Impact, with the four words of the review service's reports."""
    listed = recommendations.list_of_consultation(session, consultation)
    table = HandoutTable(
        "Action, progress and impact", ("Action", "Progress", "Impact"), tuple(map(_impact, listed))
    )
    return Handout(
        title=f"{consultation.title}: action, progress, impact",
        council=council,
        made_on=day_in_words(now),
        demonstration=consultation.demonstration,
        parts=(HandoutPart("Action plan", table=table),),
        is_wide=True,
    )


def _impact(each: Recommendation) -> tuple[str, str, str]:
    found = newest_update(each, TWELVE) or newest_update(each, SIX)
    if found is None:
        return each.words, NO_UPDATE, "–"
    return each.words, f"{PROGRESS[found.progress]}. {found.words}", found.impact


def write_action_log(
    session: Session, consultation: Consultation, *, council: str, now: datetime
) -> Handout:
    """Return every "we will" as a row of an action log, and whether it is complete (I9)."""
    return Handout(
        title=f"{consultation.title}: action log",
        council=council,
        made_on=day_in_words(now),
        demonstration=consultation.demonstration,
        parts=(HandoutPart("Actions", table=action_table(session, consultation)),),
        is_wide=True,
    )


def action_table(session: Session, consultation: Consultation) -> HandoutTable:
    """Return every "we will" with its date, lead officer, newest update and status."""
    head = ("Date", "Action", "Lead officer", "Update", "Status")
    promised = outcomes.list_promised(session, consultation)
    return HandoutTable("Action log", head, tuple(_action(session, each) for each in promised))


def _action(session: Session, promised: Outcome) -> tuple[str, ...]:
    last = outcomes.list_of_theme(session, promised.theme_id)[-1] if promised.theme_id else promised
    is_done = last.kind is OutcomeKind.DID
    day = in_london(promised.published_at).date() if promised.published_at else None
    due = f"Due {date_in_words(promised.due_on)}" if promised.due_on else NO_UPDATE
    return (
        date_in_words(day) if day else "–",
        promised.we_did,
        promised.owner,
        due if last is promised else last.we_did,
        COMPLETE if is_done else IN_PROGRESS,
    )
