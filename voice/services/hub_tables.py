"""What was found in the hub as tables to keep: a column of noughts and ones for each theme."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from voice.analysis.aliases import Aliases
from voice.models import HubSearch, Officer, ThemeChange
from voice.services import hub
from voice.services.hub_asking import Asked, Scope

MOST_ROWS = 50_000
ABOUT = ("words", "survey", "title", "question", "date", "service", "channel", "language", "tone")
CHANGES = ("changed at", "survey", "question", "change", "before", "after", "comments moved",
           "by", "undone at", "undone by")  # fmt: skip
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows for a file."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def answers_table(
    session: Session,
    officer: Officer,
    kept: HubSearch,
    *,
    now: datetime,
    aliases: Aliases | None = None,
) -> Table:
    """Return a row for each answer that is found, newest first, with 1 for each of its themes.

    Empty where so few people are of the group asked for that nothing is shown. Who took it is
    written down.

    Raises:
        NotAllowedError: if the officer's role reads nobody's words.
    """
    hub.check_may_read(officer)
    asked = Asked.read(kept.asked)
    scope = Scope(session, officer, survey=asked.survey, aliases=aliases)
    hub.note_taken(session, officer, kept, "hub downloaded", scope=scope, now=now)
    if hub.leave_out_few(session, scope, asked):
        return Table(ABOUT, ())
    lines = hub.read_entries(session, scope, asked, start=0, limit=MOST_ROWS)
    entries = hub.show_entries(session, scope, lines)
    themes = sorted({name for each in entries for name in each.themes}, key=str.casefold)
    rows = tuple(_row(each, themes) for each in entries)
    return Table((*ABOUT, *(f"theme: {name}" for name in themes)), rows)


def changes_table(session: Session, officer: Officer, kept: HubSearch, *, now: datetime) -> Table:
    """Return every change of the themes of the surveys that were searched, the oldest first.

    Raises:
        NotAllowedError: if the officer's role reads nobody's words.
    """
    hub.check_may_read(officer)
    asked = Asked.read(kept.asked)
    scope = Scope(session, officer, survey=asked.survey)
    hub.note_taken(session, officer, kept, "hub change log downloaded", scope=scope, now=now)
    return Table(CHANGES, tuple(_changes(session, scope)))


def _row(entry: hub.Entry, themes: list[str]) -> Row:
    about = (
        entry.words,
        entry.slug,
        entry.title,
        entry.question,
        entry.said_on.isoformat(),
        entry.service,
        entry.channel,
        entry.language,
        entry.tone,
    )
    return (*about, *(int(name in entry.themes) for name in themes))


def _changes(session: Session, scope: Scope) -> Iterator[Row]:
    found = (
        select(ThemeChange)
        .where(ThemeChange.consultation_id.in_(scope.by_id))
        .order_by(ThemeChange.id)
        .options(joinedload(ThemeChange.officer), joinedload(ThemeChange.undoer))
    )
    for each in session.scalars(found):
        yield (
            each.changed_at.isoformat(timespec="seconds"),
            scope.by_id[each.consultation_id].slug,
            each.question,
            each.action.value,
            each.before,
            each.after,
            each.comments,
            each.officer.name,
            each.undone_at.isoformat(timespec="seconds") if each.undone_at else "",
            each.undoer.name if each.undoer else "",
        )
