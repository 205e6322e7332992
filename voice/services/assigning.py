"""Assigning: every answer to the themes that people named, learnt from what people coded.

Nothing is found anew: names, keys, merges, hidden themes and sign-offs stay. Loads the whole
analysis, so only the worker may import this.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import perf_counter
from uuid import UUID

from sqlalchemy.orm import Session

from voice.analysis.coding.assigning import Assignment, Known, assign
from voice.analysis.coding.choosing import choose
from voice.analysis.coding.frames import Frame, FrameTheme
from voice.analysis.coding.seeing import Sight, key_of
from voice.analysis.content import has_content
from voice.analysis.findings import Comment
from voice.analysis.findings import Theme as FoundTheme
from voice.database import Database
from voice.models import Theme
from voice.services import analyses, answer_vectors, audits, chosen, jobs, learnt, proposing
from voice.services.analyses import Gathered
from voice.services.learnt import Books, Said, Settled

STRENGTH_DECIMALS = 4
SEED = 20170904


@dataclass(frozen=True, slots=True)
class Task:
    """One question's answers with content, the frame that its themes are, and what is known."""

    books: Books
    comments: tuple[Comment, ...]  # of people first, then of gatherings
    frame: Frame
    known: Known

    @property
    def learnt_from(self) -> str:
        """What people coded, and which themes they added, in a few characters; "" for nothing."""
        found = {key for keys in self.known.found.values() for key in keys}
        added = sorted(theme.key for theme in self.frame if theme.key not in found)
        given = [f"{one} {sorted(keys)}" for one, keys in sorted(self.known.codes.items())]
        return key_of([*given, "", *added]) if given or added else ""


@dataclass(frozen=True, slots=True)
class _Learnt:
    """What came of a task: what stands for each answer, what is proposed, how long it took."""

    task: Task
    assignment: Assignment
    said: Mapping[UUID, Said]
    gathered: Gathered | None  # None where nothing new was read
    found: Sequence[FoundTheme]
    seconds: float


def assigning(sight: Sight, *, with_new: bool) -> jobs.Work:
    """Return what assigns the answers of the question that a job names.

    With `with_new` those too that came in since the last reading, and themes are proposed among
    the answers that fit none. Without, no text is read that was not read before, so that it
    takes a moment.
    """

    def work(database: Database, subject: str, now: datetime) -> jobs.Keep:
        started = perf_counter()
        with database.reading() as session:
            consultation, code = analyses.named_by(session, subject)
            gathered = None
            if with_new:
                gathered = analyses.gather(session, consultation, code, now=now)
                answer_vectors.recall(session, consultation, code)
            books = learnt.read_books(session, consultation, code)
            learnt_before = analyses.latest_or_new(session, consultation, code).learnt_from
        task = prepare(books, with_new=with_new)
        assignment = assign(task.comments, task.frame, task.known, sight=sight)
        said = _say(task, assignment, everything=task.learnt_from != (learnt_before or ""))
        left = _as_gathered(task.comments, gathered)
        found = proposing.propose(books, left, said) if with_new else ()
        came = _Learnt(task, assignment, said, gathered, found, perf_counter() - started)
        return lambda session: _keep(session, subject, came, now=now)

    return work


def _as_gathered(comments: Sequence[Comment], gathered: Gathered | None) -> list[Comment]:
    """Return the comments, marked by whether they may be quoted."""
    quotable = {one.id for one in gathered.comments if one.may_be_quoted} if gathered else set()
    return [replace(one, may_be_quoted=one.id in quotable) for one in comments]


def _keep(session: Session, subject: str, came: _Learnt, *, now: datetime) -> None:
    """Let stand what was learnt, unless somebody has learnt from more meanwhile."""
    consultation, code = analyses.named_by(session, subject)
    analysis = analyses.latest_or_new(session, consultation, code)
    if analysis.made_at is not None and analysis.made_at > now:
        return
    books = came.task.books
    learnt.write(session, consultation, code, books=books, said=came.said)
    if came.gathered is not None:
        _join_points(session, came.task, came.assignment)
        analyses.keep_tones(session, consultation, code, came.gathered)
        proposing.keep(session, consultation, code, books=books, found=came.found)
    analysis.made_at, analysis.seconds = now, came.seconds
    analysis.learnt_from, analysis.model = came.task.learnt_from, came.assignment.model
    analysis.base = len(came.said)
    analysis.without_content = sum(not has_content(one.words) for one in books.answers.values())
    analysis.unassigned = sum(not one.themes for one in came.said.values())
    session.add(analysis)
    session.flush()
    audits.measure(session, consultation, code, now=now)


def choosing(sight: Sight) -> jobs.Work:
    """Return what chooses the answers to check, of those that nobody has coded."""

    def work(database: Database, subject: str, now: datetime) -> jobs.Keep:
        with database.reading() as session:
            books = learnt.read_books(session, *analyses.named_by(session, subject))
        task = prepare(books, with_new=False)
        assignment = assign(task.comments, task.frame, task.known, sight=sight)
        ids = [UUID(comment.id) for comment in task.comments]
        free = [
            at
            for at, one in enumerate(ids)
            if one in books.answers and one not in books.codes and one not in books.audited
        ]
        places = choose(assignment.vectors[free], assignment.doubts[free], seed=SEED)
        picked = [ids[free[place]] for place in places]

        def keep(session: Session) -> None:
            consultation, code = analyses.named_by(session, subject)
            here = learnt.read_books(session, consultation, code).answers
            still = [one for one in picked if one in here]
            chosen.put(session, consultation, code, still, now=now)

        return keep

    return work


def measuring(_database: Database, subject: str, now: datetime) -> jobs.Keep:
    """Measure by the audit of the question that a job names, once it is kept."""

    def keep(session: Session) -> None:
        consultation, code = analyses.named_by(session, subject)
        audits.measure(session, consultation, code, now=now)

    return keep


def prepare(books: Books, *, with_new: bool) -> Task:
    """Return what is to be assigned: what was read before, and if so wished what is new."""
    dropped = proposing.droppable(books) if with_new else frozenset()
    frame = tuple(_frame(books, dropped))
    found: dict[str, frozenset[str]] = {}
    comments = []
    for response, written in sorted(books.answers.items(), key=lambda one: str(one[0])):
        settled = books.settle(response)
        if written.tone == "" or (
            settled is None and not (with_new and has_content(written.words))
        ):
            continue
        comments.append(Comment(str(response), written.words))
        if settled is not None and settled.is_found:
            found[str(response)] = _keys(books.under(settled.found))
    for point in books.points:
        if point.is_read or with_new:
            comments.append(Comment(str(point.id), point.words))
        if point.is_read:
            found[str(point.id)] = _keys(books.under(point.themes))
    heard = [one for one in comments if has_content(one.text)]
    codes = {
        str(response): _keys(given)
        for response, given in books.codes.items()
        if response not in books.audited
    }
    return Task(books, tuple(heard), frame, Known(codes, found))


def _frame(books: Books, dropped: frozenset[UUID]) -> Iterator[FrameTheme]:
    parts: dict[UUID, list[Theme]] = {}
    for theme in books.themes:
        parts.setdefault(books.counted_under[theme.id], []).append(theme)
    for root in books.themes:
        if root.id not in parts or root.id in dropped:
            continue
        others = [part for part in parts[root.id] if part is not root]
        words = [*root.words, *(part.label for part in others)]
        words += [word for part in others for word in part.words]
        yield FrameTheme(str(root.id), root.label, root.description, tuple(dict.fromkeys(words)))


def _keys(ids: frozenset[UUID] | tuple[UUID, ...]) -> frozenset[str]:
    return frozenset(map(str, ids))


def _say(task: Task, assignment: Assignment, *, everything: bool) -> Mapping[UUID, Said]:
    """Return what is to stand for each answer; of those read before only if `everything` is new."""
    roots = [UUID(theme.key) for theme in task.frame]
    said = {}
    for comment, raised, strengths in zip(
        task.comments, assignment.raised, assignment.strengths, strict=True
    ):
        response = UUID(comment.id)
        if response not in task.books.answers:
            continue
        settled = task.books.settle(response)
        sure = {
            root: round(float(strength), STRENGTH_DECIMALS)
            for root, strength, is_raised in zip(roots, strengths, raised, strict=True)
            if is_raised
        }
        if settled is not None and not everything:
            sure = dict.fromkeys(task.books.under(task.books.mentions.get(response, ())), 1.0)
        said[response] = Said(settled or Settled(False, frozenset(), frozenset()), sure)
    return said


def _join_points(session: Session, task: Task, assignment: Assignment) -> None:
    """Let the points of gatherings that nobody had read raise themes, and note that they were."""
    rows = {comment.id: at for at, comment in enumerate(task.comments)}
    new: dict[UUID, dict[UUID, float]] = {}
    for point in task.books.points:
        at = rows.get(str(point.id))
        if point.is_read:
            continue
        new[point.id] = (
            {}
            if at is None
            else {
                UUID(theme.key): round(float(assignment.strengths[at, column]), STRENGTH_DECIMALS)
                for column, theme in enumerate(task.frame)
                if assignment.raised[at, column]
            }
        )
    learnt.write_points(session, new)
