"""Proposing: new themes among the answers that fit none, for people to take up or leave.

Loads the whole analysis, so only the worker may import this.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from voice.analysis.comments import find_themes
from voice.analysis.findings import Comment
from voice.analysis.findings import Theme as FoundTheme
from voice.models import Consultation
from voice.services import analyses, theme_log, themes
from voice.services.learnt import Books, Said

KEY = "new"  # with a number behind it
FEWEST_UNASSIGNED = 10
FEWEST_PEOPLE = 5
MOST_PROPOSED = 5


def droppable(books: Books) -> frozenset[UUID]:
    """Return the themes that were proposed before and that nobody has done anything with.

    One that was checked and put back has been worked on: its changes can still be undone.
    """
    named = {theme for given in books.codes.values() for theme in given} | books.touched
    named |= {theme.merged_into_id for theme in books.themes if theme.merged_into_id is not None}
    return frozenset(
        theme.id
        for theme in books.themes
        if theme.key.startswith(KEY) and theme.id not in named and not themes.is_worked_on(theme)
    )


def propose(
    books: Books, comments: Sequence[Comment], said: Mapping[UUID, Said]
) -> tuple[FoundTheme, ...]:
    """Return themes that several of the people raise whose answers fit no theme of the list."""
    dropped = droppable(books)
    left = [
        comment
        for comment in comments
        if UUID(comment.id) in said
        and not said[UUID(comment.id)].themes.keys() - dropped
        and not books.codes.get(UUID(comment.id))
    ]
    if len(left) < FEWEST_UNASSIGNED:
        return ()
    found = [theme for theme in find_themes(left).themes if theme.count >= FEWEST_PEOPLE]
    return tuple(found[:MOST_PROPOSED])


def keep(
    session: Session,
    consultation: Consultation,
    code: str,
    *,
    books: Books,
    found: Sequence[FoundTheme],
) -> None:
    """Put these proposals in place of the earlier ones that nobody has taken up meanwhile."""
    earlier = droppable(books) - theme_log.list_touched(session, consultation.id, code)
    rows = themes.themes_of(session, consultation, code)
    for theme in rows:
        if theme.id in earlier and not themes.is_worked_on(theme):
            session.delete(theme)
    session.flush()
    rows = themes.themes_of(session, consultation, code)
    keys = {theme.key for theme in rows}
    place = max((theme.place for theme in rows), default=-1)
    free = (f"{KEY}{number}" for number in range(1, len(keys) + len(found) + 1))
    unused = [key for key in free if key not in keys]
    here = set(books.answers)
    for number, (key, proposed) in enumerate(zip(unused, found, strict=False), start=1):
        row = analyses.theme_row(consultation, code, proposed, place + number, here)
        row.key = key
        session.add(row)
    session.flush()
