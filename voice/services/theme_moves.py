"""Themes that officers make, and comments that they put into others: what a reading gets wrong."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.errors import ChangedMeanwhileError
from voice.models import (
    CodePurpose,
    Consultation,
    Mention,
    Theme,
    ThemeAction,
    ThemeStatus,
)
from voice.services import codes, jobs, officers, themes
from voice.services.codes import Place
from voice.services.theme_keeping import Edit, Keeping, keeping
from voice.services.themes import ThemeRefusedError

MAX_KEY_CHARS = 40
MOST_AT_ONCE = 100  # comments that one press moves
A_KEY = "theme"
NOWHERE = "No theme"


@dataclass(frozen=True, slots=True)
class NewTheme:
    """What an officer says of a theme that was not found. Without a `key` its name gives one."""

    label: str
    note: str = ""
    keywords: Sequence[str] = ()
    key: str = ""


def add(
    session: Session, consultation: Consultation, code: str, new: NewTheme, *, edit: Edit
) -> Theme:
    """Add a theme by hand; it is in no report before the list is signed off.

    The answers that were read are sorted anew, by its name and keywords.

    Raises:
        NotAllowedError: if the officer may only read.
        NotFoundError: if there is no such question.
        ThemeRefusedError: as `themes.rename` and `themes.describe`.
    """
    officers.check_may_change(edit.officer)
    themes.get_question(consultation, code)
    theme = make_theme(session, consultation, code, new)
    with keeping(session, edit, ThemeAction.ADDED, consultation.id, code) as kept:
        kept.add(theme)
        kept.after = theme.label
    subject = themes.subject_of(consultation, code)
    jobs.enqueue(session, jobs.ASSIGN, subject, now=edit.now, after_running=True)
    return theme


def split(
    session: Session, theme_id: UUID, label: str, responses: Sequence[UUID], *, edit: Edit
) -> Theme:
    """Make a new theme of some comments of another, which they leave.

    Raises:
        NotAllowedError, NotFoundError, ChangedMeanwhileError: as every change of a theme.
        ThemeRefusedError: as `themes.rename`, and "comments" if none or too many are ticked.
    """
    theme = themes.take_up(session, theme_id, edit)
    consultation = session.get_one(Consultation, theme.consultation_id)
    _check_number(responses)
    made = make_theme(session, consultation, theme.question, NewTheme(label))
    with keeping(session, edit, ThemeAction.SPLIT, consultation.id, theme.question) as kept:
        kept.watch(theme)
        themes.take_back_sign_off(theme)
        kept.add(made)
        kept.before, kept.after = theme.label, made.label
        moving = _Moving(session, consultation, theme.question, edit)
        for response in responses:
            moving.move(kept, response, theme, [made.id])
    return made


def move(
    session: Session,
    source: Theme | tuple[Consultation, str],
    responses: Sequence[UUID],
    into: Sequence[UUID],
    *,
    edit: Edit,
    stays: bool = False,
) -> None:
    """Put comments of a theme, or of none, into others; into no theme where `into` is empty.

    `source` is the theme, or the consultation and the question's code. The new themes take the old
    one's place: if it was the primary, the first of them is. With `stays` the old one stays as
    well. A new analysis does not undo it.

    Raises:
        NotAllowedError, NotFoundError: as every change of a theme.
        ChangedMeanwhileError: if a comment is no longer where the officer saw it.
        ThemeRefusedError: "comments" if none or too many are ticked; "targets" if a theme is of
            another question, hidden, the same one, or there is nothing to change.
    """
    theme, consultation, code = _where(session, source, edit)
    _check_number(responses)
    targets = _targets(session, consultation, code, into, theme)
    if not targets and (stays or theme is None):
        raise ThemeRefusedError("targets")
    with keeping(session, edit, ThemeAction.MOVED, consultation.id, code) as kept:
        for each in [*([theme] if theme else []), *targets]:
            kept.watch(each)
            themes.take_back_sign_off(each)
        kept.before = theme.label if theme else NOWHERE
        kept.after = ", ".join(each.label for each in targets) or NOWHERE
        moving = _Moving(session, consultation, code, edit)
        wanted = [*([theme.id] if theme and stays else []), *(each.id for each in targets)]
        for response in responses:
            moving.move(kept, response, theme, wanted)


def make_theme(session: Session, consultation: Consultation, code: str, new: NewTheme) -> Theme:
    """Return a theme that is not in the store yet, with a key of its own, at the list's end.

    Raises:
        ThemeRefusedError: as `themes.rename` and `themes.describe`.
    """
    boxes = {"label": [new.label], "note": [new.note], "keywords": new.keywords}
    themes.check_own_words(session, (consultation.id, code), **boxes)
    return make_checked(session, consultation, code, new)


def make_checked(session: Session, consultation: Consultation, code: str, new: NewTheme) -> Theme:
    """Return a theme as `make_theme` does, whose words are known to be nobody's quote.

    Raises:
        ThemeRefusedError: as `make_theme`, but for quotes.
    """
    label = themes.read_label(new.label)
    themes.check_free(session, consultation.id, code, label)
    rows = themes.themes_of(session, consultation, code)
    return Theme(
        consultation_id=consultation.id,
        question=code,
        key=new.key or free_key(label, {row.key for row in rows}),
        label=label,
        found_label="",  # no machine found it
        description=themes.read_note(new.note),
        words=themes.read_keywords(new.keywords),
        status=ThemeStatus.FOUND,
        place=max((row.place for row in rows), default=-1) + 1,
    )


def free_key(label: str, taken: set[str]) -> str:
    """Return a key made from a theme's name that no other theme has."""
    plain = unicodedata.normalize("NFKD", label.casefold()).encode("ascii", "ignore").decode()
    key = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:MAX_KEY_CHARS].strip("-") or A_KEY
    number, found = 2, key
    while found in taken:
        found, number = f"{key}-{number}", number + 1
    return found


@dataclass(slots=True)
class _Moving:
    """Comments of one question while an officer moves them."""

    session: Session
    consultation: Consultation
    code: str
    edit: Edit

    def move(
        self, kept: Keeping, response: UUID, source: Theme | None, wanted: Sequence[UUID]
    ) -> None:
        """Let a comment raise `wanted` where it raised `source`, and keep its other themes."""
        rows = themes.themes_of(self.session, self.consultation, self.code)
        roots = codes.roots(rows)
        before = self._mentions(response, roots)
        raised = self._in_order(response, before, rows)
        if source.id not in raised if source else bool(raised):
            raise ChangedMeanwhileError("comment")
        place = raised.index(source.id) if source else 0
        left = [each for each in raised if not source or each != source.id]
        given = list(dict.fromkeys([*left[:place], *wanted, *left[place:]]))
        answer = Place(self.consultation, self.code, response)
        officer, now = self.edit.officer, self.edit.now
        code = codes.give(self.session, officer, answer, given, purpose=CodePurpose.MOVE, now=now)
        kept.codes.append(code.id)
        self._note(kept, response, before, self._mentions(response, roots))

    def _mentions(self, response: UUID, roots: Iterable[UUID]) -> dict[UUID, tuple[float, bool]]:
        found = self.session.execute(
            select(Mention.theme_id, Mention.strength, Mention.is_quote).where(
                Mention.response_id == response, Mention.theme_id.in_(roots)
            )
        )
        return {theme: (strength, is_quote) for theme, strength, is_quote in found}

    def _in_order(
        self,
        response: UUID,
        mentions: dict[UUID, tuple[float, bool]],
        rows: Sequence[Theme],
    ) -> list[UUID]:
        """Return the themes that a comment raises, the primary one first."""
        roots, places = codes.roots(rows), {row.id: row.place for row in rows}
        strongest = sorted(mentions, key=lambda one: (-mentions[one][0], places[roots[one]]))
        raised = list(dict.fromkeys(roots[one] for one in strongest))
        given = codes.latest(self.session, self.consultation, self.code).get(response, ())
        return sorted(raised, key=lambda one: given.index(one) if one in given else len(given))

    def _note(
        self,
        kept: Keeping,
        response: UUID,
        before: dict[UUID, tuple[float, bool]],
        after: dict[UUID, tuple[float, bool]],
    ) -> None:
        for theme in before.keys() ^ after.keys():
            strength, was_quote = before.get(theme, (None, False))
            kept.note(theme, response, strength, was_quote=was_quote)


def _where(
    session: Session, source: Theme | tuple[Consultation, str], edit: Edit
) -> tuple[Theme | None, Consultation, str]:
    """Return the theme, locked, if it is one, and whose and to which question."""
    if isinstance(source, Theme):
        theme = themes.take_up(session, source.id, edit)
        return theme, session.get_one(Consultation, theme.consultation_id), theme.question
    officers.check_may_change(edit.officer)
    officers.check_may_open(session, edit.officer, source[0])
    return None, *source


def _targets(
    session: Session,
    consultation: Consultation,
    code: str,
    into: Sequence[UUID],
    source: Theme | None,
) -> list[Theme]:
    rows = {row.id: row for row in themes.themes_of(session, consultation, code)}
    found = [rows[one] for one in dict.fromkeys(into) if one in rows]
    wrong = len(found) != len(set(into)) or any(
        each is source or each.merged_into_id is not None or each.status is ThemeStatus.HIDDEN
        for each in found
    )
    if wrong:
        raise ThemeRefusedError("targets")
    return found


def _check_number(responses: Sequence[UUID]) -> None:
    if not 0 < len(set(responses)) <= MOST_AT_ONCE:
        raise ThemeRefusedError("comments")
