"""Frames: a council's own list of themes, taken from a file, a page or another consultation."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.analysis.coding.frame_sheets import COLUMNS, FrameFaultsError, Line
from voice.analysis.coding.frames import Frame, FrameTheme
from voice.errors import ChangedMeanwhileError, NotFoundError
from voice.models import Consultation, Officer, SignedList, Theme, ThemeAction, ThemeStatus
from voice.reports.csv_files import csv_file
from voice.services import officers, teams, theme_answers, theme_lists, theme_moves, themes, walls
from voice.services.theme_keeping import Edit, Keeping, keeping

MAX_THEMES = 200
MAX_KEY_CHARS = 60
WRONG = {
    "label": f"write a name of up to {themes.MAX_LABEL_CHARS} characters",
    "bare": "a percentage in a name needs its number of people",
    "quote": "six or more of these words in a row are somebody’s own: say it in your words",
    "unrated": "a percentage in a name needs its response rate",
    "note": f"the note is longer than {themes.MAX_NOTE_CHARS:,} characters",
    "keywords": f"write up to {themes.MAX_KEYWORDS} keywords or examples, each of up to "
    f"{themes.MAX_KEYWORD_CHARS} characters",
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What using a frame would change: nothing is changed yet. `seen` marks the list as it was."""

    frame: Frame
    changed: tuple[str, ...]  # names of themes that have a key of the frame, and are put right
    hidden: tuple[str, ...]  # found by the machine, touched by nobody, and not in the frame
    kept: tuple[str, ...]  # that somebody has worked on
    seen: str


@dataclass(frozen=True, slots=True)
class Source:
    """A list that was signed off for another question or consultation."""

    id: UUID
    words: str


def check(session: Session, consultation: Consultation, code: str, lines: Sequence[Line]) -> Frame:
    """Return the themes of a table as a frame that may be used here, each with a key.

    Raises:
        FrameFaultsError: with everything that is wrong, by line.
    """
    if len(lines) > MAX_THEMES:
        raise FrameFaultsError([(0, f"there are more than {MAX_THEMES} themes")])
    rows = themes.themes_of(session, consultation, code)
    taken = {theme.key for _, theme in lines} | {row.key for row in rows}
    given = {theme.key for _, theme in lines}
    names = {row.label.casefold() for row in _staying(rows, given)}
    faults, frame = [], []
    quotes = _quotes_in(session, consultation, code, [theme for _, theme in lines])
    for number, typed in lines:
        theme = replace(typed, name=theme_answers.masked(typed.name))
        fault = _fault_in(theme, names)
        if not fault and not quotes.isdisjoint(_texts_of(typed)):
            fault = WRONG["quote"]
        names.add(theme.name.casefold())
        if fault:
            faults.append((number, fault))
            continue
        key = theme.key or theme_moves.free_key(theme.name, taken)
        taken.add(key)
        words = tuple(themes.read_keywords(theme.keywords))
        note = themes.read_note(theme.note)
        frame.append(FrameTheme(key, themes.read_label(theme.name), note, words))
    if faults:
        raise FrameFaultsError(faults)
    return tuple(frame)


def preview(session: Session, consultation: Consultation, code: str, frame: Frame) -> Preview:
    """Return what using the frame would change."""
    rows = themes.themes_of(session, consultation, code)
    keys = {theme.key for theme in frame}
    return Preview(
        frame=frame,
        changed=tuple(row.label for row in rows if row.key in keys),
        hidden=tuple(row.label for row in _leaving(rows, keys)),
        kept=tuple(row.label for row in _staying(rows, keys)),
        seen=theme_lists.mark_of(rows),
    )


def use(
    session: Session,
    consultation: Consultation,
    code: str,
    frame: Frame,
    officer: Officer,
    *,
    now: datetime,
) -> None:
    """Let the themes of a frame be those of the question, and ask for the answers to be sorted.

    They have the frame's keys. Themes that were found and that nobody has touched are hidden;
    those that somebody worked on stay. It is one change, and can be undone.

    Raises:
        NotAllowedError: if the officer may only read.
        FrameFaultsError: if a name is another theme's, or too long.
    """
    officers.check_may_change(officer)
    themes.get_question(consultation, code)
    frame = check(session, consultation, code, list(enumerate(frame, start=1)))
    rows = themes.themes_of(session, consultation, code)
    by_key = {row.key: row for row in rows}
    edit = Edit(officer, 0, now)
    with keeping(session, edit, ThemeAction.FRAME, consultation.id, code) as kept:
        for row in _leaving(rows, {theme.key for theme in frame}):
            kept.watch(row)
            row.status = ThemeStatus.HIDDEN
        for theme in frame:
            if theme.key in by_key:
                _stand_alone(session, by_key[theme.key], kept)
                _put_right(by_key[theme.key], theme)
        for theme in frame:
            if theme.key not in by_key:
                kept.add(_new_row(session, consultation, code, theme))
        kept.after = f"{len(frame)} themes"
        kept.subject = themes.subject_of(consultation, code)
    themes.ask_for_analysis(session, consultation, code, officer, now=now)


def check_unchanged(session: Session, consultation: Consultation, code: str, seen: str) -> None:
    """Let an officer on who saw the list as it stands.

    Raises:
        ChangedMeanwhileError: if a theme was changed since.
    """
    if theme_lists.mark_of(themes.themes_of(session, consultation, code)) != seen:
        raise ChangedMeanwhileError("themes")


def present(session: Session, consultation: Consultation, code: str) -> Frame:
    """Return the list as it stands as a frame, in its order, without hidden and merged themes."""
    return tuple(
        FrameTheme(row.key, row.label, row.description, tuple(row.words))
        for row in themes.themes_of(session, consultation, code)
        if row.merged_into_id is None and row.status is not ThemeStatus.HIDDEN
    )


def frame_file(frame: Frame) -> bytes:
    """Return a frame as CSV, which can be read as one again."""
    rows = ((one.key, one.name, one.note, "|".join(one.keywords)) for one in frame)
    return csv_file(COLUMNS, rows)


def list_sources(
    session: Session, officer: Officer, consultation: Consultation, code: str
) -> tuple[Source, ...]:
    """Return the newest list of each other question that was signed off, newest first.

    None is from the other side of a wall: its words are of people who are kept apart.
    """
    seen: dict[tuple[UUID, str], Source] = {}
    titles = {
        each.id: each.title
        for each in teams.list_consultations(session, officer)
        if each.id == consultation.id or not walls.are_kept_apart([consultation, each])
    }
    signed = select(SignedList).where(
        SignedList.consultation_id.in_(titles), SignedList.taken_back_at.is_(None)
    )
    for row in session.scalars(signed.order_by(SignedList.signed_at.desc(), SignedList.id)):
        place = (row.consultation_id, row.question)
        if place != (consultation.id, code) and place not in seen:
            words = f"{titles[row.consultation_id]}: {row.question}, version {row.number}"
            seen[place] = Source(row.id, words)
    return tuple(seen.values())


def from_source(
    session: Session, officer: Officer, consultation: Consultation, code: str, source: UUID
) -> Frame:
    """Return a list that was signed off elsewhere, with its keys, as a frame.

    Raises:
        NotFoundError: if it is none that `officer` may take.
    """
    if source not in {one.id for one in list_sources(session, officer, consultation, code)}:
        raise NotFoundError("signed list")
    row = session.get_one(SignedList, source)
    return tuple(
        FrameTheme(one["key"], one["label"], one["note"], tuple(one["keywords"]))
        for one in row.themes["themes"]
    )


def pack(frame: Frame) -> str:
    """Return a frame as one line of text, which a page carries from its preview to its use."""
    return json.dumps([[one.key, one.name, one.note, list(one.keywords)] for one in frame])


def unpack(packed: str) -> Frame:
    """Return the frame that a page carried.

    Raises:
        FrameFaultsError: if it is none.
    """
    try:
        found: Any = json.loads(packed)
        frame = tuple(
            FrameTheme(str(key)[:MAX_KEY_CHARS], str(name), str(note), tuple(map(str, words)))
            for key, name, note, words in found
        )
    except (ValueError, TypeError) as error:
        raise FrameFaultsError([(0, "the list did not come through whole")]) from error
    if not frame or not all(one.key for one in frame):
        raise FrameFaultsError([(0, "the list did not come through whole")])
    return frame


def _fault_in(theme: FrameTheme, names: set[str]) -> str:
    """Return what is wrong with a theme of a frame, or nothing."""
    if theme.name.casefold() in names:
        return f"another theme is called “{theme.name}”"
    if len(theme.key) > MAX_KEY_CHARS:
        return f"the key is longer than {MAX_KEY_CHARS} characters"
    try:
        themes.read_label(theme.name)
        themes.read_note(theme.note)
        themes.read_keywords(theme.keywords)
    except themes.ThemeRefusedError as refused:
        return WRONG[str(refused)]
    return ""


def _quotes_in(
    session: Session, consultation: Consultation, code: str, frame: Iterable[FrameTheme]
) -> set[str]:
    """Return the names, notes and keywords of a frame that hold a quote of somebody's answer."""
    texts = [text for theme in frame for text in _texts_of(theme)]
    if not any(map(theme_answers.is_long_enough_to_quote, texts)):
        return set()
    return theme_answers.quotes_in(texts, theme_answers.every_words(session, consultation, code))


def _texts_of(theme: FrameTheme) -> tuple[str, ...]:
    return (theme.name, theme.note, *theme.keywords)


def _leaving(rows: Iterable[Theme], keys: set[str]) -> list[Theme]:
    """Return the themes that were found, that nobody has touched and that the frame lacks."""
    return [row for row in rows if row.key not in keys and not themes.is_worked_on(row)]


def _staying(rows: Iterable[Theme], keys: set[str]) -> list[Theme]:
    """Return the themes on view that somebody has worked on and that the frame lacks."""
    return [
        row
        for row in rows
        if row.key not in keys
        and themes.is_worked_on(row)
        and row.merged_into_id is None
        and row.status is not ThemeStatus.HIDDEN
    ]


def _stand_alone(session: Session, row: Theme, kept: Keeping) -> None:
    """Let a theme be merged into none: those it was counted under are to be checked again."""
    kept.watch(row)
    above, row.merged_into_id = row.merged_into_id, None
    while above is not None:
        into = session.get_one(Theme, above)
        kept.watch(into)
        themes.take_back_sign_off(into)
        above = into.merged_into_id


def _put_right(row: Theme, theme: FrameTheme) -> None:
    row.label, row.description, row.words = theme.name, theme.note, list(theme.keywords)
    themes.take_back_sign_off(row)
    row.status = ThemeStatus.FOUND


def _new_row(session: Session, consultation: Consultation, code: str, theme: FrameTheme) -> Theme:
    new = theme_moves.NewTheme(theme.name, theme.note, theme.keywords, theme.key)
    return theme_moves.make_checked(session, consultation, code, new)
