"""The comments behind a theme, or in none, for those who read and sort them: masked, in pages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy.orm import Session

from voice.analysis.neighbours import Neighbours
from voice.analysis.speaking import Piece, mark, roots_of_words, shared_roots
from voice.models import Consultation, Officer, Theme, ThemeStatus
from voice.services import audit, codes, kept_meanings, themes
from voice.services.theme_answers import masked, quotable
from voice.services.theme_behind import Behind

PAGE_COMMENTS = 25
MOST_COMPARED = 2_000  # comments that are looked through for shared words and alike comments
MOST_ALIKE = 2


@dataclass(frozen=True, slots=True)
class Comment:
    """One person's answer, masked, with why it is where it is."""

    response_id: UUID
    pieces: tuple[Piece, ...]
    because: tuple[str, ...]  # the words in it that speak for the theme
    alike: tuple[str, ...]  # the nearest other comments of the theme
    also: tuple[str, ...]  # the other themes that it raises
    is_first: bool  # whether this theme is the one that it names first
    is_by_officer: bool  # whether an officer said what it is about


@dataclass(frozen=True, slots=True)
class PageOfComments:
    """Some comments, those that raise the theme most strongly first; `number` is from 1."""

    number: int
    total: int
    shown: tuple[Comment, ...]

    @property
    def has_more(self) -> bool:
        """Whether another page follows."""
        return self.total > self.number * PAGE_COMMENTS


def read_comments(
    session: Session,
    consultation: Consultation,
    theme: Theme,
    *,
    number: int,
    behind: Behind | None = None,
) -> PageOfComments:
    """Return a page of the comments that raise a theme, or what is merged into it.

    No response that raised an alert is among them (SAF-8). What is `behind` the themes of its
    question is read if it is not given.
    """
    behind = behind or Behind.read(session, consultation, theme.question)
    sorting = _Sorting.read(session, consultation, theme.question, behind)
    in_order = sorted(
        (one for one, raised in sorting.raised.items() if theme.id in raised),
        key=lambda one: (-sorting.raised[one][theme.id], str(one)),
    )
    strengths = {one: sorting.raised[one][theme.id] for one in in_order}
    compared = {one: sorting.words_of(one) for one in in_order[:MOST_COMPARED]}
    others = islice((one for one in sorting.behind.people if one not in strengths), MOST_COMPARED)
    outside = [sorting.words_of(one) for one in others]
    roots = roots_of_words(sorting.own_words(theme)) | set(
        shared_roots(list(compared.values()), outside)
    )
    page = _on_page(in_order, number)
    compared |= {one: sorting.words_of(one) for one in page}
    meanings = kept_meanings.read_meanings(session, theme.question, compared)
    near = Neighbours(compared, strengths, meanings)
    shown = (
        sorting.comment(one, theme=theme.id, roots=roots, alike=near.nearest(one, most=MOST_ALIKE))
        for one in page
    )
    return PageOfComments(number, len(in_order), tuple(shown))


def read_unassigned(
    session: Session, consultation: Consultation, code: str, *, number: int
) -> PageOfComments:
    """Return a page of the comments that say something and raise no theme on view.

    Raises:
        NotFoundError: if there is no such question.
    """
    themes.get_question(consultation, code)
    behind = Behind.read(session, consultation, code)
    sorting = _Sorting.read(session, consultation, code, behind)
    in_order = sorted((one for one in sorting.behind.people if not sorting.raised[one]), key=str)
    shown = (sorting.comment(one) for one in _on_page(in_order, number))
    return PageOfComments(number, len(in_order), tuple(shown))


def note_read(session: Session, officer: Officer, subject: UUID | str, *, now: datetime) -> None:
    """Write down that `officer` read comments: of a theme, or of a question those in none."""
    audit.record(session, officer, "comments read", subject, now=now)


def _on_page(in_order: Sequence[UUID], number: int) -> Sequence[UUID]:
    return in_order[(number - 1) * PAGE_COMMENTS : number * PAGE_COMMENTS]


@dataclass(frozen=True, slots=True)
class _Sorting:
    """Who raises which theme on view, how strongly, and what is behind that."""

    behind: Behind
    rows: Mapping[UUID, Theme]
    counted_under: Mapping[UUID, UUID]
    raised: Mapping[UUID, Mapping[UUID, float]]  # person -> theme on view -> how strongly

    @classmethod
    def read(
        cls, session: Session, consultation: Consultation, code: str, behind: Behind
    ) -> "_Sorting":
        rows = {row.id: row for row in themes.themes_of(session, consultation, code)}
        counted_under = codes.roots(rows.values())
        raised: dict[UUID, dict[UUID, float]] = {one: {} for one in behind.people}
        for part, people in behind.raised.items():
            root = counted_under[part]
            if rows[root].status is ThemeStatus.HIDDEN:
                continue
            for one, strength in people.items():
                raised[one][root] = max(strength, raised[one].get(root, 0.0))
        return cls(behind, rows, counted_under, raised)

    def words_of(self, person: UUID) -> str:
        """What somebody wrote, as they wrote it: never shown like this."""
        return self.behind.readable[person].values[0]

    def own_words(self, theme: Theme) -> list[str]:
        """The names, keywords and examples of a theme and of what is merged into it."""
        parts = (row for row in self.rows.values() if self.counted_under[row.id] == theme.id)
        return [word for part in parts for word in (part.label, *part.words)]

    def comment(
        self,
        person: UUID,
        *,
        theme: UUID | None = None,
        roots: Collection[str] = (),
        alike: Sequence[UUID] = (),
    ) -> Comment:
        """Return somebody's answer as officers read it."""
        name_as = self.behind.name_as
        pieces = mark(masked(self.words_of(person).strip(), name_as=name_as), roots)
        in_order = sorted(self.raised[person].items(), key=lambda one: -one[1])
        first = next(iter(self.behind.coded.get(person, ())), None) or next(
            (one for one, _ in in_order), None
        )
        return Comment(
            response_id=person,
            pieces=pieces,
            because=tuple(dict.fromkeys(one.text.casefold() for one in pieces if one.speaks)),
            alike=tuple(quotable(self.words_of(one), name_as=name_as) for one in alike),
            also=tuple(self.rows[one].label for one, _ in in_order if one != theme),
            is_first=first is not None and first == theme,
            is_by_officer=person in self.behind.coded,
        )
