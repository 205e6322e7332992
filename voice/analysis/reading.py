"""Comments made ready for the analysis.

The empty set apart, other languages set apart, the same folded, the rest in units.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from voice.analysis.aliases import Aliases, own_aliases
from voice.analysis.content import fold, has_content
from voice.analysis.copies import FEWEST_WORDS, find_near_copies
from voice.analysis.findings import Comment, Note
from voice.analysis.matching import Spelling, is_disguised
from voice.analysis.seriousness import weigh
from voice.analysis.words import split_units
from voice.analysis.written_in import ENGLISH, language_of


@dataclass(frozen=True, slots=True)
class Answer:
    """Words that one or several people wrote: `ids` are their comments, in the order given."""

    text: str
    ids: tuple[str, ...]
    folded: str  # as it is compared with others, without case and punctuation
    quotable: tuple[str, ...] = ()  # those of `ids` that may be quoted; `text` is of one, if any


@dataclass(frozen=True, slots=True)
class Manner:
    """How most of some comments are written: in which language, and how their words are spelt."""

    language: str
    spelling: Spelling

    @classmethod
    def of(cls, texts: Sequence[str], told: Sequence[str], names: Aliases) -> "Manner":
        """Return the manner of these texts, each told to be in the language beside it."""
        main = _main_language(told)
        here = (text for text, language in zip(texts, told, strict=True) if language == main)
        return cls(main, Spelling(here, names))


def manner_of(texts: Sequence[str], aliases: Aliases | None = None) -> Manner:
    """Return how these texts are written; those without content do not count."""
    speaking = [text for text in texts if has_content(text)]
    return Manner.of(speaking, list(map(language_of, speaking)), aliases or own_aliases())


@dataclass(frozen=True, slots=True)
class Reading:
    """Every different answer once, and its units; `owners` says whose unit each is, by place.

    `units` are people's own words and `matched` the same units as they are compared: by it nothing
    is shown. `apart` are the comments in other languages than most are in, by language.
    `question` is what was asked, "" where that differs or is not known.
    """

    answers: tuple[Answer, ...]
    units: tuple[str, ...]
    matched: tuple[str, ...]
    owners: tuple[int, ...]
    without_content: tuple[str, ...]
    manner: Manner
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    question: str = ""

    @property
    def base(self) -> int:
        """How many people wrote something with content, in whatever language."""
        apart = sum(len(ids) for ids in self.apart.values())
        return apart + sum(len(answer.ids) for answer in self.answers)


def read_comments(
    comments: Sequence[Comment], aliases: Aliases | None = None, *, like: Manner | None = None
) -> Reading:
    """Return `comments` ready to be grouped; nothing anybody wrote is lost.

    They are read in the manner of others where `like` is given, and else as most of themselves are
    written.
    """
    names = aliases or own_aliases()
    speaking = [comment for comment in comments if has_content(comment.text)]
    texts = [comment.text for comment in speaking]
    languages = list(map(language_of, texts))
    told = {comment.id: one for comment, one in zip(speaking, languages, strict=True)}
    manner = like or Manner.of(texts, languages, names)
    main, spelling = manner.language, manner.spelling
    here = [comment for comment in speaking if told[comment.id] == main]
    answers = _fold_identical(here, spelling)
    split = [split_units(answer.text) for answer in answers]
    units = tuple(unit for parts in split for unit in parts)
    spoke = {comment.id for comment in speaking}
    asked = {comment.question for comment in comments}
    return Reading(
        answers=answers,
        units=units,
        matched=tuple(map(spelling.match, units)),
        owners=tuple(place for place, parts in enumerate(split) for _ in parts),
        without_content=tuple(each.id for each in comments if each.id not in spoke),
        apart=_by_language(told, main),
        notes=_note(speaking, answers, names),
        question=asked.pop() if len(asked) == 1 else "",
        manner=manner,
    )


def _main_language(told: Iterable[str]) -> str:
    """Return the language most are written in, English where as many are."""
    counts = Counter(told)
    return max(counts, key=lambda one: (counts[one], one == ENGLISH, one), default=ENGLISH)


def _by_language(told: Mapping[str, str], main: str) -> dict[str, tuple[str, ...]]:
    apart: defaultdict[str, list[str]] = defaultdict(list)
    for comment, language in told.items():
        if language != main:
            apart[language].append(comment)
    return {
        one: tuple(apart[one]) for one in sorted(apart, key=lambda one: (-len(apart[one]), one))
    }


def _fold_identical(comments: Iterable[Comment], spelling: Spelling) -> tuple[Answer, ...]:
    texts: dict[str, str] = {}
    ids: dict[str, list[str]] = {}
    quotable: defaultdict[str, list[str]] = defaultdict(list)
    for comment in comments:
        folded = fold(spelling.match(comment.text))
        ids.setdefault(folded, []).append(comment.id)
        if comment.may_be_quoted and not quotable[folded]:
            texts[folded] = comment.text
        if comment.may_be_quoted:
            quotable[folded].append(comment.id)
        texts.setdefault(folded, comment.text)
    return tuple(
        Answer(texts[folded], tuple(own), folded, tuple(quotable[folded]))
        for folded, own in ids.items()
    )


def _note(
    comments: Iterable[Comment], answers: Sequence[Answer], names: Aliases
) -> dict[str, Note]:
    """Return what is noteworthy of single comments; those of which nothing is are left out."""
    copies = _copies(answers)
    notes: dict[str, Note] = {}
    for comment in comments:
        note = Note(
            near_copy=copies.get(comment.id, ""),
            is_disguised=is_disguised(comment.text),
            names=tuple(sorted({place.name for place in names.find(comment.text)})),
            weight=weigh(comment.text),
        )
        if note != Note():
            notes[comment.id] = note
    return notes


def _copies(answers: Sequence[Answer]) -> dict[str, str]:
    """Return by comment the first of those that wrote nearly the same, itself among them."""
    folded = [answer.folded for answer in answers]
    groups = [
        [one for at in places for one in answers[at].ids] for places in find_near_copies(folded)
    ]
    groups += [
        list(answer.ids)
        for answer, text in zip(answers, folded, strict=True)
        if len(answer.ids) > 1 and len(text.split()) >= FEWEST_WORDS
    ]
    found: dict[str, str] = {}
    for ids in groups:
        if ids[0] not in found:
            found.update(dict.fromkeys(ids, ids[0]))
    return found
