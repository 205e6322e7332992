"""Comments to the themes of a list that people have named: the list stays, its members are learnt.

What a person gave a comment stands. What the machine had found is one thing that is seen of a
comment, beside its words, and what people say teaches how far to believe it (stacking). Where
nothing is coded, what was found stands as it is, and new comments join what they are like.

Loads scikit-learn, so only the worker and the commands come through it.

Source: Wolpert (1992), "Stacked generalization", Neural Networks 5.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from sklearn.preprocessing import normalize

from voice.analysis.coding.frames import Frame
from voice.analysis.coding.learning import (
    FEWEST_EXAMPLES,
    MOST_EXAMPLES,
    Coder,
    Marks,
    Numbers,
    follow_names,
    learn,
)
from voice.analysis.coding.seeing import Seen, Sight, key_of
from voice.analysis.embeddings import Vectors
from voice.analysis.findings import Comment

Keys = frozenset[str]

FOUND_WEIGHT = 1.0  # of what was found, beside what the words show
MOST_FOUND_LEARNT = 1_500
MEMBERS_A_THEME = 20  # that were found, and stand beside what people coded
TRUST_IN_MEMBERS = 0.3
CODES_THAT_HALVE_TRUST = 50
UNLIKE = 0.55  # of how alike a member and the one nearest to it usually are
COMPARED_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of comments, by id: what people gave them, and what was found in them.

    An empty set says that no theme fits. A comment without an entry in `found` is new.
    """

    codes: Mapping[str, Keys]
    found: Mapping[str, Keys]


@dataclass(frozen=True, slots=True)
class Assignment:
    """For each comment, in order, which themes it raises, how sure that is, and where it stands."""

    raised: Marks
    strengths: Numbers
    doubts: Numbers
    vectors: Vectors
    model: str


def assign(comments: Sequence[Comment], frame: Frame, known: Known, *, sight: Sight) -> Assignment:
    """Return which themes of the frame each comment raises; every comment must have content.

    The same comments in the same order give the same assignment, whatever `sight` remembers.
    """
    if not comments or not frame:
        return _nothing(len(comments), len(frame))
    task = _Task.prepare(comments, frame, known, sight)
    raised = np.zeros((len(comments), len(frame)), np.bool_)
    strengths = np.zeros((len(comments), len(frame)))
    doubts = np.zeros(len(comments))
    for columns in task.groups():
        coder, strengths[:, columns] = task.learn(columns)
        raised[:, columns] = coder.decide(strengths[:, columns])
        doubts = np.maximum(doubts, coder.doubts(strengths[:, columns]))
    if not len(task.coded):
        raised = np.where(task.is_found[:, None] & task.has_members, task.found, raised)
    raised &= ~(task.alien[:, None] & task.has_members)
    raised[task.coded], strengths[task.coded] = task.codes, task.codes
    doubts[task.coded] = 0
    return Assignment(raised, strengths, doubts, task.seen.vectors, _name(task))


@dataclass(frozen=True, slots=True)
class _Followed:
    """What would have been found in each comment, and which new ones are like nothing found."""

    members: Marks
    alien: Marks


@dataclass(frozen=True, slots=True)
class _Task:
    """Everything that learning needs, as matrices: a row for a comment, a column for a theme."""

    seen: Seen
    sight: Sight
    coded: np.ndarray  # places of the comments that people coded
    codes: Marks
    found: Marks  # of every comment; what it would have been, for those that are new
    is_found: Marks  # which comments are not new
    has_members: Marks  # which themes were found, or had comments moved to them
    alien: Marks  # which new comments are like no member of any theme

    @classmethod
    def prepare(
        cls, comments: Sequence[Comment], frame: Frame, known: Known, sight: Sight
    ) -> "_Task":
        seen = sight.see([one.text for one in comments], [one.question for one in comments], frame)
        ids = [one.id for one in comments]
        is_found = np.array([one in known.found for one in ids], np.bool_)
        found = _marks([known.found.get(one, frozenset()) for one in ids], frame)
        has_members = np.asarray(found.any(axis=0), np.bool_)
        alien = np.zeros(len(ids), np.bool_)
        if has_members.any() and not is_found.all():
            key = key_of([seen.key, _key_of_marks(is_found), _key_of_marks(found)])
            followed = sight.once(key, lambda: _follow_found(seen, found, is_found, has_members))
            found = np.where(is_found[:, None], found, followed.members)
            alien = followed.alien
        coded = np.array([at for at, one in enumerate(ids) if one in known.codes], np.intp)
        codes = _marks([known.codes[ids[at]] for at in coded], frame)
        return cls(seen, sight, coded, codes, found, is_found, has_members, alien)

    def groups(self) -> list[np.ndarray]:
        """Return the columns that are learnt together: those with members, those without."""
        parts = (np.flatnonzero(self.has_members), np.flatnonzero(~self.has_members))
        return [columns for columns in parts if len(columns)]

    def learn(self, columns: np.ndarray) -> tuple[Coder, Numbers]:
        """Return what these themes were learnt as, and how sure each is of each comment."""
        themes, rows = self.seen.themes[columns], self.seen.rows
        codes = self.codes[:, columns]
        if self.has_members[columns[0]]:
            return self._learn_beside_found(columns)
        here = rows[self.coded]
        if len(self.coded) >= FEWEST_EXAMPLES:
            coder = learn(here, codes, themes)
        else:
            coder = follow_names(themes, here, codes, others=rows)
        return coder, coder.strengths(rows)

    def _learn_beside_found(self, columns: np.ndarray) -> tuple[Coder, Numbers]:
        found = self.found[:, columns]
        members = self._members(columns)
        examples = np.concatenate([self.coded, members]).astype(np.intp)
        examples = examples[:: -(-len(examples) // MOST_EXAMPLES)]
        is_code = np.isin(examples, self.coded)
        marks = found[examples]
        marks[is_code] = self.codes[np.searchsorted(self.coded, examples[is_code])][:, columns]
        rows = _beside(self.seen.rows[examples], found[examples])
        themes = _beside(self.seen.themes[columns], np.eye(len(columns)))
        if len(examples) < FEWEST_EXAMPLES:
            coder = follow_names(themes, rows, marks)
            return coder, coder.strengths(_beside(self.seen.rows, found))
        likeness = self.sight.compare(
            key_of([self.seen.key, _key_of_marks(found), columns.tobytes().hex()]),
            lambda: sp.vstack([_beside(self.seen.rows, found), themes]),
        )
        many = len(found)
        places = [*examples.tolist(), *range(many, many + len(columns))]
        halvings = 1 + len(self.coded) / CODES_THAT_HALVE_TRUST
        trust = np.where(is_code, 1.0, TRUST_IN_MEMBERS / halvings)
        judging = is_code if is_code.sum() >= FEWEST_EXAMPLES else None
        alike = likeness.of(places)
        coder = learn(rows, marks, themes, trust=trust, judging=judging, alike=alike[places])
        return coder, coder.judge(alike[:many])

    def _members(self, columns: np.ndarray) -> np.ndarray:
        """Return the places of a few comments that were found for each theme, and for none.

        The same ones from one correction to the next, but for those that somebody coded.
        """
        found = self.found[:, columns]
        each = [self.is_found & found[:, column] for column in range(len(columns))]
        places = [_evenly(np.flatnonzero(one), MEMBERS_A_THEME) for one in each]
        none = self.is_found & ~found.any(axis=1)
        places.append(_evenly(np.flatnonzero(none), 2 * MEMBERS_A_THEME))
        return np.setdiff1d(np.concatenate(places), self.coded)


def _beside(rows: sp.csr_matrix, found: Marks | Numbers) -> sp.csr_matrix:
    """Return what is seen of each row beside what was found in it."""
    return sp.csr_matrix(sp.hstack([rows, sp.csr_matrix(found * FOUND_WEIGHT)]))


def _follow_found(seen: Seen, found: Marks, is_found: Marks, has_members: Marks) -> _Followed:
    """Return, for every comment, what would have been found in it, by what was in the others."""
    columns = np.flatnonzero(has_members)
    examples = _evenly(np.flatnonzero(is_found), MOST_FOUND_LEARNT)
    marks, themes = found[examples][:, columns], seen.themes[columns]
    rows = seen.rows[examples]
    if len(examples) < FEWEST_EXAMPLES:
        coder = follow_names(themes, rows, marks)
    else:
        coder = learn(rows, marks, themes)
    members = np.zeros_like(found)
    members[:, columns] = coder.decide(coder.strengths(seen.rows))
    alien = ~is_found
    alien[alien] = _are_unlike(seen.rows[~is_found], rows[marks.any(axis=1)])
    members[alien] = False
    return _Followed(members, alien)


def _are_unlike(rows: sp.csr_matrix, members: sp.csr_matrix) -> Marks:
    """Return which rows are like no member of any theme, measured by how members are alike."""
    known = normalize(members)
    among = (known @ known.T).toarray()
    np.fill_diagonal(among, 0)
    usual = float(np.median(among.max(axis=1))) if known.shape[0] > 1 else 0.0
    parts = range(0, rows.shape[0], COMPARED_AT_ONCE)
    nearest = [
        (normalize(rows[start : start + COMPARED_AT_ONCE]) @ known.T).toarray().max(axis=1)
        for start in parts
    ]
    return np.asarray(np.concatenate(nearest) < UNLIKE * usual)


def _marks(given: Sequence[Keys], frame: Frame) -> Marks:
    marks = [[theme.key in keys for theme in frame] for keys in given]
    return np.array(marks, dtype=np.bool_).reshape(len(given), len(frame))


def _key_of_marks(marks: Marks) -> str:
    return np.packbits(marks).tobytes().hex()


def _evenly(places: np.ndarray, most: int) -> np.ndarray:
    """Return at most so many of these places, evenly spread, always the same."""
    return places[:: max(1, -(-len(places) // most))]


def _name(task: _Task) -> str:
    corrections = len(task.coded)
    if corrections:
        by = f"learnt from {corrections} answer{'s' if corrections > 1 else ''} that people coded"
    elif task.has_members.any():
        by = "by the themes' members and names"
    else:
        by = "by the themes' names alone"
    return f"{task.seen.name}, {by}"


def _nothing(comments: int, themes: int) -> Assignment:
    nothing = np.zeros((comments, themes))
    vectors = np.zeros((comments, 1), np.float32)
    return Assignment(nothing > 0, nothing, nothing.sum(axis=1), vectors, "nothing to read")
