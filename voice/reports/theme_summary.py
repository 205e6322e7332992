"""The themes of a spreadsheet as one HTML page that stands alone: no script, no outside request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice.analysis.comparison import Comparison, compare_groups, count_groups
from voice.analysis.findings import Comment, Report, Theme
from voice.analysis.noticing import list_serious, sum_up
from voice.analysis.suppression import HIDDEN, show_officers
from voice.analysis.together import find_together
from voice.reports.drawing import draw_report

LONGEST_QUOTE_CHARS = 400


@dataclass(frozen=True, slots=True)
class SaysMore:
    """A group that raises a theme more than everybody else, with both shares, 0 to 1."""

    name: str
    group: str
    mentions: int
    comments: int
    share: float
    other_share: float
    warning: bool


@dataclass(frozen=True, slots=True)
class ThemeSection:
    """One theme as the page shows it."""

    theme: Theme
    quotes: tuple[str, ...]
    said_more_by: tuple[SaysMore, ...]


@dataclass(frozen=True, slots=True)
class QuestionSection:
    """One question as the page shows it."""

    question: str
    report: Report
    themes: tuple[ThemeSection, ...]
    unassigned: tuple[str, ...]
    copies: tuple[tuple[int, str], ...] = ()  # how many sent nearly the same, and whose words
    disguised: int = 0
    names: tuple[tuple[str, int], ...] = ()
    together: tuple[tuple[str, str, int, float], ...] = ()  # both labels, both, by chance
    serious: tuple[str, ...] = ()  # in hardly any theme, and worded seriously


def theme_summary(
    title: str,
    reports: Mapping[str, Report],
    comments: Sequence[Comment],
    *,
    group_names: Sequence[str] = (),
) -> str:
    """Return the page about `reports`, for officers: it quotes people in their own words."""
    asked: dict[str, list[Comment]] = {question: [] for question in reports}
    for comment in comments:
        asked[comment.question].append(comment)
    sections = [
        _question_section(question, report, asked[question], group_names)
        for question, report in reports.items()
    ]
    return draw_report("themes.html", title=title, sections=sections, group_names=group_names)


def find_groups_that_say_more(
    theme: Theme, comments: Sequence[Comment], group_names: Sequence[str]
) -> tuple[SaysMore, ...]:
    """Return the groups that raise `theme` more than chance explains, small numbers left out.

    Pass only comments with content, as `Report.ranked` lists them.
    """
    found: list[SaysMore] = []
    for name in group_names:
        compared = compare_groups(count_groups(theme, comments, name))
        mentions = sum(one.mentions for one in compared)
        people = sum(one.comments for one in compared)
        found.extend(
            _says_more(name, one, mentions - one.mentions, people - one.comments)
            for one in compared
            if one.says_more and show_officers(one.mentions, one.comments).text != HIDDEN
        )
    return tuple(found)


def _says_more(name: str, one: Comparison, other_mentions: int, others: int) -> SaysMore:
    return SaysMore(
        name=name,
        group=one.group,
        mentions=one.mentions,
        comments=one.comments,
        share=one.mentions / one.comments,
        other_share=other_mentions / others,
        warning=show_officers(one.mentions, one.comments).warning,
    )


def _question_section(
    question: str, report: Report, comments: Sequence[Comment], group_names: Sequence[str]
) -> QuestionSection:
    texts = {comment.id: comment.text for comment in comments}
    speaking = [comment for comment in comments if comment.id in report.ranked]
    themes = tuple(
        ThemeSection(
            theme=theme,
            quotes=tuple(_shorten(texts[one]) for one in theme.quotes),
            said_more_by=find_groups_that_say_more(theme, speaking, group_names),
        )
        for theme in report.themes
    )
    unassigned = tuple(_shorten(texts[one]) for one in report.unassigned)
    noticed = sum_up(report.notes)
    return QuestionSection(
        question,
        report,
        themes,
        unassigned,
        copies=tuple((len(ids), _shorten(texts[ids[0]])) for ids in noticed.copies),
        disguised=len(noticed.disguised),
        names=noticed.names,
        together=_together(report),
        serious=tuple(_shorten(texts[one]) for one in list_serious(report)),
    )


def _together(report: Report) -> tuple[tuple[str, str, int, float], ...]:
    raised = {
        theme.key: frozenset(mention.comment_id for mention in theme.mentions)
        for theme in report.themes
    }
    labels = {theme.key: theme.label for theme in report.themes}
    return tuple(
        (labels[pair.one], labels[pair.other], pair.both, pair.expected)
        for pair in find_together(raised, report.base)
    )


def _shorten(text: str) -> str:
    plain = text.strip()
    if len(plain) <= LONGEST_QUOTE_CHARS:
        return plain
    return plain[:LONGEST_QUOTE_CHARS].rsplit(" ", 1)[0] + " …"
