"""From numbers to themes: names, descriptions, quotes, tones and the people behind each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from voice.analysis.descriptions import describe_theme
from voice.analysis.details import could_tell_who
from voice.analysis.embeddings import Vectors
from voice.analysis.findings import Mention, Theme, Tone, ToneCounts
from voice.analysis.labels import Naming, name_themes
from voice.analysis.other_languages import group_languages, rank_languages
from voice.analysis.quotes import choose_quotes
from voice.analysis.reading import Reading
from voice.analysis.themes import Grouping
from voice.analysis.tone import count_tones, read_tone

STRENGTH_DECIMALS = 4
MOST_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """The themes, most often raised first, and every theme ranked for every comment.

    `order` says which column of the grouping each theme is, groups of other languages aside.
    """

    order: tuple[int, ...]
    themes: tuple[Theme, ...]
    unassigned: tuple[str, ...]
    ranked: Mapping[str, tuple[str, ...]]


class _Touched:
    """Which themes each answer touches: the strongest of its units counts."""

    def __init__(self, reading: Reading, grouping: Grouping) -> None:
        shape = (len(reading.answers), grouping.strengths.shape[1])
        owners = np.asarray(reading.owners, dtype=np.intp)
        self.strengths = np.zeros(shape, dtype=np.float32)
        self.raised = np.zeros(shape, dtype=np.bool_)
        self.units = grouping
        self.owners = owners
        np.maximum.at(self.strengths, owners, grouping.strengths)
        np.logical_or.at(self.raised, owners, grouping.raised)

    def units_of(self, theme: int) -> npt.NDArray[np.intp]:
        """Return the units that raise `theme`, the most central first."""
        units = np.flatnonzero(self.units.raised[:, theme])
        return units[np.argsort(-self.units.strengths[units, theme], kind="stable")]

    def answers_of(self, theme: int) -> npt.NDArray[np.intp]:
        """Return the answers that raise `theme`, the strongest first."""
        answers = np.flatnonzero(self.raised[:, theme])
        return answers[np.argsort(-self.strengths[answers, theme], kind="stable")]


def draft_themes(
    reading: Reading,
    vectors: Vectors,
    grouping: Grouping,
    *,
    apart: Sequence[Theme] = (),
    small_words: Collection[str] = (),
) -> Draft:
    """Return what the grouping of the units means in people's words and in people.

    The groups `apart` of comments in other languages come last. Of `small_words`, beside those of
    English, no name is made.
    """
    touched = _Touched(reading, grouping)
    columns = range(grouping.strengths.shape[1])
    units = [touched.units_of(column).tolist() for column in columns]
    people = {place: len(answer.quotable) for place, answer in enumerate(reading.answers)}
    namings = name_themes(
        reading.units,
        units,
        reading.manner.spelling,
        owners=reading.owners,
        people=people,
        small_words=small_words,
    )
    drafts = [
        _draft_theme(reading, vectors, touched, column, naming=naming)
        for column, naming in zip(columns, namings, strict=True)
    ]
    order = sorted(columns, key=lambda column: (-drafts[column].count, drafts[column].label))
    keys = {column: f"t{place}" for place, column in enumerate(order, start=1)}
    themes = [replace(drafts[column], key=keys[column]) for column in order]
    others = (
        replace(group, key=f"t{number}") for number, group in enumerate(apart, start=len(order) + 1)
    )
    return _draft(reading, touched, order, (*themes, *others))


def draft_again(
    reading: Reading, grouping: Grouping, themes: Sequence[Theme], *, prefix: str
) -> Draft:
    """Return who raises themes that were named before, a column of the grouping each, in order.

    They keep their keys, names and quotes. Groups of other languages are known by the language,
    after `prefix`.
    """
    touched = _Touched(reading, grouping)
    counted = [_count(reading, touched, column, theme) for column, theme in enumerate(themes)]
    apart = group_languages(reading.apart, reading.base)
    apart = tuple(replace(group, key=prefix + group.key) for group in apart)
    return _draft(reading, touched, range(len(themes)), (*counted, *apart))


def _draft(
    reading: Reading, touched: _Touched, order: Sequence[int], themes: tuple[Theme, ...]
) -> Draft:
    keys = {column: theme.key for column, theme in zip(order, themes, strict=False)}
    return Draft(
        order=tuple(order),
        themes=themes,
        unassigned=tuple(
            comment
            for answer, raised in zip(reading.answers, touched.raised, strict=True)
            if not raised.any()
            for comment in answer.ids
        ),
        ranked=rank_languages(_rank(reading, touched, order, keys), themes[len(order) :]),
    )


def _count(reading: Reading, touched: _Touched, column: int, theme: Theme) -> Theme:
    """Return `theme` with those who raise it here."""
    places = touched.answers_of(column)
    tones = _read_tones(reading, touched, touched.units_of(column))
    mentions = tuple(
        Mention(comment, round(float(touched.strengths[place, column]), STRENGTH_DECIMALS), tone)
        for place in places.tolist()
        for tone in (tones[place],)
        for comment in reading.answers[place].ids
    )
    return replace(
        theme,
        mentions=mentions,
        tone=count_tones((mention.tone, 1) for mention in mentions if mention.tone),
        count=len(mentions),
        share=len(mentions) / max(1, reading.base),
    )


def _draft_theme(
    reading: Reading, vectors: Vectors, touched: _Touched, column: int, *, naming: Naming
) -> Theme:
    units = touched.units_of(column)
    may_be = [bool(reading.answers[place].quotable) for place in touched.owners[units]]
    quotable = units[np.asarray(may_be, dtype=np.bool_)]
    example = _choose(reading.units, vectors, touched.units.strengths[:, column], quotable, most=1)
    named = Theme(
        key="",
        label=naming.label,
        description=describe_theme(
            naming.label, naming.words, reading.units[example[0]] if example else ""
        ),
        words=naming.words,
        mentions=(),
        quotes=_quote(reading, vectors, touched, column),
        tone=ToneCounts(),
        count=0,
        share=0.0,
    )
    return _count(reading, touched, column, named)


def _quote(reading: Reading, vectors: Vectors, touched: _Touched, column: int) -> tuple[str, ...]:
    first_unit: dict[int, int] = {}
    for unit in touched.units_of(column).tolist():
        if reading.answers[reading.owners[unit]].quotable:
            first_unit.setdefault(int(touched.owners[unit]), unit)
    places = _without_details(reading, list(first_unit))
    chosen = choose_quotes(
        [reading.answers[place].text for place in places],
        vectors[[first_unit[place] for place in places]],
        touched.strengths[places, column].tolist(),
    )
    return tuple(reading.answers[places[one]].quotable[0] for one in chosen)


def _without_details(reading: Reading, places: list[int]) -> list[int]:
    """Return the most central answers that tell nobody apart, or all where each might."""
    central = places[:MOST_LOOKED_AT]
    safe = [place for place in central if not could_tell_who(reading.answers[place].text)]
    return safe or central


def _choose(
    texts: Sequence[str],
    vectors: Vectors,
    strengths: npt.NDArray[np.float32],
    units: npt.NDArray[np.intp],
    *,
    most: int,
) -> list[int]:
    chosen = choose_quotes(
        [texts[unit] for unit in units], vectors[units], strengths[units].tolist(), most=most
    )
    return [int(units[one]) for one in chosen]


def _read_tones(
    reading: Reading, touched: _Touched, units: npt.NDArray[np.intp]
) -> dict[int, Tone]:
    """Return in what tone each answer speaks of the theme that these units raise."""
    said: dict[int, list[str]] = {}
    for unit in units.tolist():
        said.setdefault(int(touched.owners[unit]), []).append(reading.matched[unit])
    return {place: read_tone(spoken, reading.question) for place, spoken in said.items()}


def _rank(
    reading: Reading, touched: _Touched, order: Sequence[int], keys: Mapping[int, str]
) -> dict[str, tuple[str, ...]]:
    inverse = np.asarray(order, dtype=np.intp)
    raised_first = touched.strengths[:, inverse] + touched.raised[:, inverse]
    ranks = inverse[np.argsort(-raised_first, axis=1, kind="stable")] if len(order) else None
    ranked: dict[str, tuple[str, ...]] = {}
    for place, answer in enumerate(reading.answers):
        best = tuple(keys[int(column)] for column in ranks[place]) if ranks is not None else ()
        ranked.update(dict.fromkeys(answer.ids, best))
    return ranked
