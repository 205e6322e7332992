"""Which groups raise a theme more than everybody else. Standard library only, for pages too."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voice.analysis.findings import Comment, Theme

SMALLEST_BASE = 10
Z_95 = 1.959964
HALF_A_MENTION = 0.5


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many of a group's `comments` mention a theme."""

    mentions: int
    comments: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One group beside everybody else, on one theme.

    `excess` is a log-odds ratio, `low` to `high` its 95 % interval; all three are None when
    there is nobody else. `says_more` only if the interval lies above zero and the group and
    everybody else are both large enough.
    """

    group: str
    mentions: int
    comments: int
    excess: float | None
    low: float | None
    high: float | None
    says_more: bool


def excess_log_odds(
    mentions: int, comments: int, *, other_mentions: int, other_comments: int
) -> float:
    """Return how much more often a group raises a theme than everybody else does.

    A log-odds ratio, with half a mention added to each count so that none is infinite.
    0.0 means no difference; 0.69 means twice the odds; below zero means less often.

    Raises:
        ValueError: if there are no comments on either side to compare, or there are more
            mentions than comments.

    Source: Anscombe (1956), "On estimating binomial response relations", Biometrika 43.
    """
    said, unsaid = _cells(mentions, comments)
    other_said, other_unsaid = _cells(other_mentions, other_comments)
    return math.log(said / unsaid) - math.log(other_said / other_unsaid)


def excess_interval(
    mentions: int, comments: int, *, other_mentions: int, other_comments: int
) -> tuple[float, float]:
    """Return the lower and upper end of the 95 % interval around `excess_log_odds`.

    Raises:
        ValueError: as `excess_log_odds` does.

    Source: Woolf (1955), with Anscombe's half added to each cell.
    """
    excess = excess_log_odds(
        mentions, comments, other_mentions=other_mentions, other_comments=other_comments
    )
    cells = (*_cells(mentions, comments), *_cells(other_mentions, other_comments))
    margin = Z_95 * math.sqrt(sum(1 / cell for cell in cells))
    return excess - margin, excess + margin


def compare_groups(
    counts: Mapping[str, GroupCount], *, smallest_base: int = SMALLEST_BASE
) -> tuple[Comparison, ...]:
    """Return every group beside all the others, the one that says it most first.

    Groups nobody belongs to are left out. Many groups compared at once will sometimes differ by
    chance alone: one in forty seems to say more when none does.
    """
    mentions = sum(count.mentions for count in counts.values())
    comments = sum(count.comments for count in counts.values())
    whole = GroupCount(mentions, comments)
    compared = [
        _compare(group, count, whole, smallest_base)
        for group, count in counts.items()
        if count.comments
    ]
    return tuple(sorted(compared, key=lambda one: (-(one.excess or 0.0), one.group)))


def count_groups(theme: Theme, comments: Iterable[Comment], name: str) -> dict[str, GroupCount]:
    """Return how many comments of each group called `name` mention `theme`.

    Pass only comments with content. People who gave no group are left out.
    """
    raised = {mention.comment_id for mention in theme.mentions}
    bases: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for comment in comments:
        group = comment.groups.get(name, "").strip()
        if group:
            bases[group] += 1
            said[group] += comment.id in raised
    return {group: GroupCount(said[group], bases[group]) for group in sorted(bases)}


def _cells(mentions: int, comments: int) -> tuple[float, float]:
    if comments < 1:
        raise ValueError("there are no comments to compare")
    if not 0 <= mentions <= comments:
        raise ValueError("mentions must lie between 0 and the number of comments")
    return mentions + HALF_A_MENTION, comments - mentions + HALF_A_MENTION


def _compare(group: str, count: GroupCount, whole: GroupCount, smallest_base: int) -> Comparison:
    others = GroupCount(whole.mentions - count.mentions, whole.comments - count.comments)
    if not others.comments:
        return Comparison(group, count.mentions, count.comments, None, None, None, False)
    against = {"other_mentions": others.mentions, "other_comments": others.comments}
    low, high = excess_interval(count.mentions, count.comments, **against)
    return Comparison(
        group,
        count.mentions,
        count.comments,
        excess=excess_log_odds(count.mentions, count.comments, **against),
        low=low,
        high=high,
        says_more=low > 0 and min(count.comments, others.comments) >= smallest_base,
    )
