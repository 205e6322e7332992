"""The whole list of a question's themes: signed off as a version, so that it may be counted."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voice.errors import ChangedMeanwhileError, NotFoundError
from voice.models import Consultation, Officer, SignedList, Theme, ThemeAction, ThemeStatus
from voice.reports.figures import Figure
from voice.services import officers, theme_views, themes
from voice.services.theme_keeping import Edit, keeping
from voice.services.theme_views import QuestionThemes
from voice.services.themes import ThemeRefusedError


@dataclass(frozen=True, slots=True)
class SignedTheme:
    """One theme as it stood when the list was signed off."""

    key: str
    label: str
    note: str
    keywords: tuple[str, ...]
    people: Figure
    first: Figure


@dataclass(frozen=True, slots=True)
class SignedVersion:
    """A list as it was signed off, by whom and when; `is_taken_back` says that it was undone."""

    number: int
    signed_at: datetime
    by: str
    base: int
    themes: tuple[SignedTheme, ...]
    is_taken_back: bool


def mark_of(rows: Iterable[Theme]) -> str:
    """Return what changes whenever any of these themes does: what an officer saw of the list."""
    seen = sorted(f"{row.id}:{row.edition}" for row in rows)
    return hashlib.sha256(" ".join(seen).encode()).hexdigest()[:16]


def sign_off_list(
    session: Session,
    consultation: Consultation,
    code: str,
    officer: Officer,
    *,
    seen: str,
    now: datetime,
) -> SignedVersion:
    """Say that a person stands by every theme of a question: only then is any of them counted.

    The list is kept as it stands, under the next number.

    Raises:
        NotAllowedError: if the officer may only read.
        ChangedMeanwhileError: if any theme is not as the officer saw it.
        ThemeRefusedError: "empty" if there is no theme to sign off.
    """
    officers.check_may_change(officer)
    rows = _lock(session, consultation, code)
    if mark_of(rows) != seen:
        raise ChangedMeanwhileError("themes")
    found = theme_views.read_themes(session, consultation, code)
    if not found.shown:
        raise ThemeRefusedError("empty")
    number, standing = _next_number(session, consultation, code), _as_they_stand(found, rows)
    by_id, edit = {row.id: row for row in rows}, Edit(officer, 0, now)
    with keeping(session, edit, ThemeAction.SIGNED_OFF, consultation.id, code) as kept:
        for theme in (by_id[view.id] for view in found.shown):
            kept.watch(theme)
            theme.status = ThemeStatus.SIGNED_OFF
            theme.signed_off_at, theme.signed_off_by = now, officer.id
        kept.after, kept.subject = f"Version {number}", themes.subject_of(consultation, code)
    signed = SignedList(
        consultation_id=consultation.id, question=code, number=number, change_id=kept.id,
        signed_at=now, officer=officer, base=found.base, themes={"themes": standing},
    )  # fmt: skip
    session.add(signed)
    session.flush()
    return _version(signed)


def list_versions(
    session: Session, consultation: Consultation, code: str
) -> tuple[SignedVersion, ...]:
    """Return every version that was signed off, the newest first, those taken back too."""
    found = select(SignedList).where(
        SignedList.consultation_id == consultation.id, SignedList.question == code
    )
    return tuple(map(_version, session.scalars(found.order_by(SignedList.number.desc()))))


def get_version(
    session: Session, consultation: Consultation, code: str, number: int
) -> SignedVersion:
    """Return one version.

    Raises:
        NotFoundError: if there is none of this number.
    """
    for version in list_versions(session, consultation, code):
        if version.number == number:
            return version
    raise NotFoundError("version")


def _lock(session: Session, consultation: Consultation, code: str) -> Sequence[Theme]:
    locked = select(Theme).where(Theme.consultation_id == consultation.id, Theme.question == code)
    in_order = locked.order_by(Theme.id).with_for_update()
    return session.scalars(in_order.execution_options(populate_existing=True)).all()


def _next_number(session: Session, consultation: Consultation, code: str) -> int:
    newest = select(func.max(SignedList.number)).where(
        SignedList.consultation_id == consultation.id, SignedList.question == code
    )
    return (session.scalar(newest) or 0) + 1


def _as_they_stand(found: QuestionThemes, rows: Iterable[Theme]) -> list[dict[str, Any]]:
    words = {row.id: list(row.words) for row in rows}
    return [
        {
            "key": view.key,
            "label": view.label,
            "note": view.description,
            "keywords": words[view.id],
            "people": view.people.count,
            "first": view.first.count,
        }
        for view in found.shown
    ]


def _version(row: SignedList) -> SignedVersion:
    return SignedVersion(
        number=row.number,
        signed_at=row.signed_at,
        by=row.officer.name,
        base=row.base,
        themes=tuple(
            SignedTheme(
                key=each["key"],
                label=each["label"],
                note=each["note"],
                keywords=tuple(each["keywords"]),
                people=Figure(each["label"], each["people"], row.base),
                first=Figure(each["label"], each["first"], row.base),
            )
            for each in row.themes["themes"]
        ),
        is_taken_back=row.taken_back_at is not None,
    )
