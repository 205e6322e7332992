"""The notes of single comments, summed up for a reader. Standard library only."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from voice.analysis.findings import Note, Report
from voice.analysis.seriousness import SERIOUS_FROM

FEW_PEOPLE = 5  # a theme of fewer does not carry what is said in it
FEWEST_COPIES = 3  # two people may say the same of themselves


def list_serious(report: Report) -> tuple[str, ...]:
    """Return the comments worded seriously that no theme of five people or more carries.

    The most serious first.
    """
    carried = {
        mention.comment_id
        for theme in report.themes
        if theme.count >= FEW_PEOPLE
        for mention in theme.mentions
    }
    weights = {one: note.weight for one, note in report.notes.items() if one not in carried}
    serious = [one for one, weight in weights.items() if weight >= SERIOUS_FROM]
    return tuple(sorted(serious, key=lambda one: -weights[one]))


@dataclass(frozen=True, slots=True)
class NoticedInAll:
    """Groups of comments that say nearly the same, largest first; and what else was noticed."""

    copies: tuple[tuple[str, ...], ...]
    disguised: tuple[str, ...]
    names: tuple[tuple[str, int], ...]


def sum_up(notes: Mapping[str, Note]) -> NoticedInAll:
    """Return what was noticed in all comments; pairs that say the same are left out."""
    copies: defaultdict[str, list[str]] = defaultdict(list)
    names: Counter[str] = Counter()
    for comment, note in notes.items():
        if note.near_copy:
            copies[note.near_copy].append(comment)
        names.update(note.names)
    groups = [tuple(ids) for ids in copies.values() if len(ids) >= FEWEST_COPIES]
    return NoticedInAll(
        copies=tuple(sorted(groups, key=lambda ids: -len(ids))),
        disguised=tuple(comment for comment, note in notes.items() if note.is_disguised),
        names=tuple(sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))),
    )
