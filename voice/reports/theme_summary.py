"""The themes of a spreadsheet as one HTML page that stands alone: no script, no outside request."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from voice.analysis.comparison import Comparison, GroupCount, compare_groups, count_groups
from voice.analysis.findings import Comment, Report, Theme
from voice.analysis.noticing import list_serious, sum_up
from voice.analysis.stance import Stance, count_sides
from voice.analysis.suppression import HIDDEN, show_officers
from voice.analysis.tallies import DISGUISED, SILENT, UNASSIGNED, Whole
from voice.analysis.together import Together, find_together
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
    sides: Mapping[Stance, int] | None = None  # for and against, where that is known


@dataclass(frozen=True, slots=True)
class QuestionSection:
    """One question as the page shows it."""

    question: str
    report: Report
    themes: tuple[ThemeSection, ...]
    silent: int  # people without content
    unassigned: int
    unassigned_texts: tuple[str, ...]  # all of them, or the first
    sampled: int = 0  # answers in which the themes of a large file were found
    copies: tuple[tuple[int, str], ...] = ()  # how many sent nearly the same, and whose words
    disguised: int = 0
    names: tuple[tuple[str, int], ...] = ()
    together: tuple[tuple[str, str, int, float], ...] = ()  # both labels, both, by chance
    serious: tuple[str, ...] = ()  # in hardly any theme, and worded seriously


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the words: columns to compare, and one that says who is for or against."""

    groups: Sequence[str] = ()
    stance: str | None = None


def theme_summary(
    title: str,
    reports: Mapping[str, Report],
    comments: Sequence[Comment],
    *,
    beside: Beside = Beside(),  # it is frozen
) -> str:
    """Return the page about `reports`, for officers: it quotes people in their own words."""
    asked: dict[str, list[Comment]] = {question: [] for question in reports}
    for comment in comments:
        asked[comment.question].append(comment)
    sections = [
        _question_section(question, report, asked[question], beside)
        for question, report in reports.items()
    ]
    return _draw(title, sections, beside)


def parts_summary(title: str, wholes: Mapping[str, Whole], *, beside: Beside) -> str:
    """Return the page about a file that was read in parts: it says so, and lists fewer words."""
    sections = [_whole_section(question, whole, beside) for question, whole in wholes.items()]
    return _draw(title, sections, beside)


def _draw(title: str, sections: Sequence[QuestionSection], beside: Beside) -> str:
    return draw_report(
        "themes.html", title=title, sections=sections, group_names=tuple(beside.groups)
    )


def find_groups_that_say_more(
    count: Callable[[str], Mapping[str, GroupCount]], group_names: Sequence[str]
) -> tuple[SaysMore, ...]:
    """Return the groups that raise a theme more than chance explains, small numbers left out.

    `count` says how many of each group in a column raise it, of people with content.
    """
    found: list[SaysMore] = []
    for name in group_names:
        compared = compare_groups(count(name))
        mentions = sum(one.mentions for one in compared)
        people = sum(one.comments for one in compared)
        found.extend(
            _says_more(name, one, mentions - one.mentions, people - one.comments)
            for one in compared
            if one.says_more and show_officers(one.mentions, one.comments).text != HIDDEN
        )
    return tuple(found)


def sides_of(
    question: str,
    theme: Theme,
    beside: Beside,
    count: Callable[[str], Mapping[str, GroupCount]],
) -> Mapping[Stance, int] | None:
    """Return how many who raise `theme` are on each side; None where that is not known."""
    if theme.language:
        return None
    counts = count(beside.stance) if beside.stance else None
    given = None if counts is None else {label: one.mentions for label, one in counts.items()}
    return count_sides(question, theme.count, given)


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
    question: str, report: Report, comments: Sequence[Comment], beside: Beside
) -> QuestionSection:
    texts = {comment.id: comment.text for comment in comments}
    speaking = [comment for comment in comments if comment.id in report.ranked]
    themes = tuple(
        _theme_section(question, theme, texts, beside, partial(count_groups, theme, speaking))
        for theme in report.themes
    )
    noticed = sum_up(report.notes)
    return QuestionSection(
        question,
        report,
        themes,
        silent=len(report.without_content),
        unassigned=len(report.unassigned),
        unassigned_texts=tuple(_shorten(texts[one]) for one in report.unassigned),
        copies=tuple((len(ids), _shorten(texts[ids[0]])) for ids in noticed.copies),
        disguised=len(noticed.disguised),
        names=noticed.names,
        together=_together(report),
        serious=tuple(_shorten(texts[one]) for one in list_serious(report)),
    )


def _whole_section(question: str, whole: Whole, beside: Beside) -> QuestionSection:
    counted = whole.tally
    return QuestionSection(
        question,
        whole.report,
        tuple(
            _theme_section(question, theme, whole.quoted, beside, partial(whole.groups, theme))
            for theme in whole.report.themes
        ),
        silent=counted.counts[SILENT],
        unassigned=counted.counts[UNASSIGNED],
        unassigned_texts=tuple(map(_shorten, counted.unassigned)),
        sampled=whole.sampled,
        copies=tuple((int(many), _shorten(text)) for many, text in counted.copies),
        disguised=counted.counts[DISGUISED],
        names=whole.names,
        together=_name_pairs(whole.report, whole.together),
        serious=tuple(_shorten(text) for _, text in counted.serious),
    )


def _theme_section(
    question: str,
    theme: Theme,
    texts: Mapping[str, str],
    beside: Beside,
    count: Callable[[str], Mapping[str, GroupCount]],
) -> ThemeSection:
    return ThemeSection(
        theme=theme,
        quotes=tuple(_shorten(texts[one]) for one in theme.quotes),
        said_more_by=find_groups_that_say_more(count, beside.groups),
        sides=sides_of(question, theme, beside, count),
    )


def _together(report: Report) -> tuple[tuple[str, str, int, float], ...]:
    raised = {
        theme.key: frozenset(mention.comment_id for mention in theme.mentions)
        for theme in report.themes
    }
    return _name_pairs(report, find_together(raised, report.base))


def _name_pairs(
    report: Report, pairs: Sequence[Together]
) -> tuple[tuple[str, str, int, float], ...]:
    labels = {theme.key: theme.label for theme in report.themes}
    return tuple((labels[pair.one], labels[pair.other], pair.both, pair.expected) for pair in pairs)


def _shorten(text: str) -> str:
    plain = text.strip()
    if len(plain) <= LONGEST_QUOTE_CHARS:
        return plain
    return plain[:LONGEST_QUOTE_CHARS].rsplit(" ", 1)[0] + " …"
