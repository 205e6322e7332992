"""What to call a theme: a phrase from people's own words that is common here and rare elsewhere."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voice.analysis.lexicon_files import read_words
from voice.analysis.matching import Spelling
from voice.analysis.safeguarding.languages.folding import without_marks
from voice.analysis.words import find_collocations, is_stop_word, read_tokens, stem

LONGEST_PHRASE = 4
WORDS_SHOWN = 8
WORTH_OF_LENGTH = {1: 1.0, 2: 2.6, 3: 3.4, 4: 3.4}
LEAST_RARITY = 0.05  # a phrase as common elsewhere still beats none
SHARE_IN_FULLER_FORM = 0.15
SHARE_OF_BEST_SCORE = 0.35
FEWEST_PEOPLE_WITH_PHRASE = 2
FEWEST_OF_MANY = 3  # people with a phrase, in a theme of many
MANY_PEOPLE = 5
MOST_UNITS_READ = 500
WITHOUT_A_NAME = "Other comments"

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """The label of a theme and the words that set it apart, readable, the most telling first."""

    label: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as somebody typed it, and the stem by which it is compared with others."""

    shown: str
    stem: str
    is_content: bool


class _Phrases:
    """The phrases heard in one theme: how many people said each, and how they spelt it.

    `said` gives each answer's units, and `people` how many wrote that answer.
    """

    def __init__(
        self, said: Mapping[int, Sequence[Sequence[_Word]]], people: Mapping[int, int]
    ) -> None:
        self.counts: Counter[Phrase] = Counter()
        self.spellings: defaultdict[Phrase, Counter[str]] = defaultdict(Counter)
        self.size = 0
        for owner, units in said.items():
            self.size += people[owner]
            spelt: dict[Phrase, str] = {}
            for words in units:
                spelt = _spell_phrases(words) | spelt
            for phrase, spelling in spelt.items():
                self.counts[phrase] += people[owner]
                self.spellings[phrase][spelling] += people[owner]

    @property
    def fewest(self) -> int:
        """How many different people must have said a phrase before it may stand for them all."""
        return FEWEST_OF_MANY if self.size >= MANY_PEOPLE else FEWEST_PEOPLE_WITH_PHRASE

    def spell(self, phrase: Phrase) -> str:
        """Return `phrase` as most people spelt it, the first in the alphabet when as many."""
        return min(self.spellings[phrase].items(), key=lambda pair: (-pair[1], pair[0]))[0]


def name_themes(
    units: Sequence[str],
    themes: Sequence[Sequence[int]],
    spelling: Spelling | None = None,
    *,
    owners: Sequence[int] | None = None,
    people: Mapping[int, int] | None = None,
    small_words: Collection[str] = (),
) -> list[Naming]:
    """Return a label, different for each theme, and the words that set it apart.

    `themes` lists the units of each theme, the most central first. Phrases are weighed by
    class-based TF-IDF over stems and shown as most people spelt them. By `spelling` slips count as
    what they meant, and the names of one thing as one. `owners` says of which answer each unit is,
    each of its own if not given, and `people` how many wrote an answer who may be quoted: words of
    an answer of nobody who may are never used, nor is a phrase that too few different people said.
    `small_words`, without marks, are those of another language: they say nothing by themselves.

    Source: c-TF-IDF as in Grootendorst (2022), "BERTopic", arXiv 2203.05794.
    """
    owners = range(len(units)) if owners is None else owners
    people = dict.fromkeys(owners, 1) if people is None else people
    spoken = [[unit for unit in theme if people[owners[unit]]] for theme in themes]
    spoken = [theme[:MOST_UNITS_READ] for theme in spoken]
    used = {unit for theme in spoken for unit in theme}
    read = {unit: _read_words(units[unit], spelling, small_words) for unit in sorted(used)}
    together = find_collocations([word.stem for word in words] for words in read.values())
    heard = [_Phrases(_by_owner(theme, read, owners), people) for theme in spoken]
    everywhere: Counter[Phrase] = Counter()
    for phrases in heard:
        everywhere.update(phrases.counts)
    sizes = sum(phrases.size for phrases in heard)
    taken: set[str] = set()
    return [_name(phrases, everywhere, sizes, together, taken=taken) for phrases in heard]


def _by_owner(
    theme: Iterable[int], read: Mapping[int, list[_Word]], owners: Sequence[int]
) -> dict[int, list[list[_Word]]]:
    said: defaultdict[int, list[list[_Word]]] = defaultdict(list)
    for unit in theme:
        said[owners[unit]].append(read[unit])
    return said


def _name(
    phrases: _Phrases,
    everywhere: Counter[Phrase],
    sizes: int,
    together: frozenset[tuple[str, str]],
    *,
    taken: set[str],
) -> Naming:
    scores = {
        phrase: _score(phrase, count / phrases.size, everywhere[phrase] / sizes)
        for phrase, count in phrases.counts.items()
        if count >= phrases.fewest and _holds(phrase, together)
    }
    ordered = sorted(scores, key=lambda phrase: (-scores[phrase], phrase))
    named = _choose([one for one in ordered if phrases.spell(one) not in taken], scores, phrases)
    label = phrases.spell(named) if named else _without_a_name(taken)
    taken.add(label)
    words = tuple(phrases.spell(phrase) for phrase in _drop_overlaps(ordered))
    return Naming(label[:1].upper() + label[1:], words)


def _without_a_name(taken: set[str]) -> str:
    """Return what a theme is called that has no phrase of its own; numbered from the second on."""
    if WITHOUT_A_NAME not in taken:
        return WITHOUT_A_NAME
    numbered = (f"{WITHOUT_A_NAME} {number}" for number in range(2, len(taken) + 2))
    return next(name for name in numbered if name not in taken)


def _choose(
    free: Sequence[Phrase], scores: Mapping[Phrase, float], phrases: _Phrases
) -> Phrase | None:
    """Return the best free phrase, fuller if that is common, rather not a vague word."""
    best = next(iter(free), None)
    if best is None or len(best) > 1:
        return best
    fuller = (
        phrase
        for phrase in free
        if len(phrase) > 1
        and best[0] in phrase
        and phrases.counts[phrase] >= SHARE_IN_FULLER_FORM * phrases.counts[best]
    )
    telling = (
        phrase
        for phrase in free
        if scores[phrase] >= SHARE_OF_BEST_SCORE * scores[best]
        and not _is_vague(phrases.spell(phrase))
    )
    return next(fuller, None) or next(telling, best)


def _is_vague(spelling: str) -> bool:
    return spelling in read_words("vague_words")


def _drop_overlaps(ordered: Sequence[Phrase]) -> list[Phrase]:
    kept: list[Phrase] = []
    stems: set[str] = set()
    for phrase in ordered:
        if stems.isdisjoint(phrase):
            kept.append(phrase)
            stems.update(phrase)
        if len(kept) == WORDS_SHOWN:
            break
    return kept


def _score(phrase: Phrase, share: float, share_everywhere: float) -> float:
    content = sum(1 for one in phrase if not is_stop_word(one))
    rarity = max(math.log(share / share_everywhere), LEAST_RARITY)
    return share * rarity * WORTH_OF_LENGTH[max(1, content)]


def _holds(phrase: Phrase, together: frozenset[tuple[str, str]]) -> bool:
    return all(pair in together for pair in pairwise(phrase))


def _read_words(text: str, spelling: Spelling | None, small_words: Collection[str]) -> list[_Word]:
    words: list[_Word] = []
    at = 0
    for place in spelling.names_in(text) if spelling else ():
        words += _read_unnamed(text[at : place.start], spelling, small_words)
        words.append(_Word(text[place.start : place.end], place.name, is_content=True))
        at = place.end
    return words + _read_unnamed(text[at:], spelling, small_words)


def _read_unnamed(
    text: str, spelling: Spelling | None, small_words: Collection[str]
) -> list[_Word]:
    words = []
    for token in read_tokens(text):
        meant = spelling.match_word(token) if spelling else token
        is_small = bool(small_words) and without_marks(token) in small_words
        is_content = not is_small and not all(is_stop_word(part) for part in meant.split())
        words.append(_Word(token, stem(meant), is_content))
    return words


def _spell_phrases(words: Sequence[_Word]) -> dict[Phrase, str]:
    """Return every run of words that begins and ends with content, by its stems."""
    spelt: dict[Phrase, str] = {}
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_PHRASE, len(words)) + 1):
            if words[start].is_content and words[end - 1].is_content:
                run = words[start:end]
                shown = " ".join([word.shown for word in run])
                spelt.setdefault(tuple([word.stem for word in run]), shown)
    return spelt
