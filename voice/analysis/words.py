"""Words of an answer: units (sentences and clauses), tokens, stems and phrases people use.

NLTK's tokeniser, stemmer and collocations, with our own sentence splitter: nothing is downloaded.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
from nltk.stem.snowball import SnowballStemmer
from nltk.tokenize import TweetTokenizer

from voice.analysis.lexicon_files import read_words

MAX_UNITS_PER_COMMENT = 40
MAX_WORDS_PER_UNIT = 60
FEWEST_WORDS_PER_UNIT = 3
FEWEST_WORDS_BEFORE_CONTRAST = 2  # "good forum"
SMALLEST_LIKELIHOOD_RATIO = 6.63  # chi-squared at 1 %, one degree of freedom
FEWEST_UNITS_TO_JUDGE = 50
MAX_WORD_CHARS = 40
MOST_TEXTS_REMEMBERED = 20_000
NO_WORD_MARKS = frozenset("<>/:@")

_ABBREVIATIONS = re.compile(
    r"\b(?:dr|mr|mrs|ms|st|prof|e\.g|i\.e|eg|ie|etc|vs|no|approx|[A-Z])\.$", re.IGNORECASE
)
_SENTENCE_END = re.compile(
    r"(?<=[.!?…。！？؟।])[\"'”’)\]]*\s+|(?<=[。！？])|[\r\n]+|\s[•·*–—-]+\s|;\s+"
)
_CLAUSE_BREAK = re.compile(
    r"(?:,|\s+[-–—]+|\s*…|\.{3})?\s+"
    r"(?=((?:but|however|although|though|whereas|unfortunately|on the other hand|except that)\b))"
    r"|,\s+(?=(yet|apart from|except)\b)",
    re.IGNORECASE,
)
_HAS_LETTER = re.compile(r"[^\W\d_]")


def split_units(text: str) -> tuple[str, ...]:
    """Return `text` in sentences and clauses, at most `MAX_UNITS_PER_COMMENT`, nothing lost.

    A break at "but" or "although" only counts when words enough stand on both sides, so that "good
    forum, however too many objectives" is two units. Sentences too short to mean anything join the
    one before; neighbours are joined when there are too many.
    """
    units: list[str] = []
    for sentence in _split_sentences(text):
        clauses = _split_clauses(sentence)
        for clause in clauses:
            if units and len(clauses) == 1 and len(clause.split()) < FEWEST_WORDS_PER_UNIT:
                units[-1] = f"{units[-1]} {clause}"
            else:
                units.extend(_split_long(clause))
    return tuple(_join_neighbours(units or [text.strip()]))


def read_tokens(text: str) -> list[str]:
    """Return the words of `text` in lower case, in order, stop words included.

    Tags, addresses and the names of accounts are no words.
    """
    return list(_tokens(text))


@lru_cache(maxsize=MOST_TEXTS_REMEMBERED)
def _tokens(text: str) -> tuple[str, ...]:
    """Return the words; a theme is named by the same sentences by which it was found."""
    tokens = _tokenizer().tokenize(text.replace("’", "'"))
    return tuple(
        token.lower().strip("'_-#")
        for token in tokens
        if _HAS_LETTER.search(token) and NO_WORD_MARKS.isdisjoint(token)
    )


def read_stems(text: str) -> list[str]:
    """Return the stems of the words of `text` that carry meaning, in order.

    When every word is a stop word all of them are kept, so that only a text without a word
    gives none.
    """
    tokens = read_tokens(text)
    return [stem(token) for token in tokens if not is_stop_word(token)] or tokens


def is_stop_word(token: str) -> bool:
    """Say whether `token`, in lower case, says nothing about a theme."""
    return token in read_words("stop_words") or (len(token) == 1 and token.isascii())


@lru_cache(maxsize=200_000)
def stem(token: str) -> str:
    """Return the stem of one word in lower case; words that are not English stay as they are."""
    return str(_stemmer().stem(token[:MAX_WORD_CHARS]))


def find_collocations(units: Iterable[Sequence[str]]) -> frozenset[tuple[str, str]]:
    """Return the pairs of neighbouring stems that occur together more than by chance.

    Among few units chance cannot be told from habit, and every pair is returned.
    """
    read = [list(unit) for unit in units]
    finder = BigramCollocationFinder.from_documents(read)
    if len(read) < FEWEST_UNITS_TO_JUDGE:
        return frozenset(finder.ngram_fd)
    finder.apply_freq_filter(2)
    scored = finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
    return frozenset(pair for pair, ratio in scored if ratio >= SMALLEST_LIKELIHOOD_RATIO)


@cache
def _tokenizer() -> TweetTokenizer:
    return TweetTokenizer(reduce_len=True)


@cache
def _stemmer() -> SnowballStemmer:
    return SnowballStemmer("english")


def _split_sentences(text: str) -> list[str]:
    sentences: list[str] = []
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if not _ABBREVIATIONS.search(text[max(start, found.start() - 8) : found.start()]):
            sentences.append(text[start : found.end()].strip())
            start = found.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if _HAS_LETTER.search(sentence)]


def _split_clauses(sentence: str) -> list[str]:
    clauses: list[str] = []
    start = 0
    for found in _CLAUSE_BREAK.finditer(sentence):
        before, after = sentence[start : found.start()], sentence[found.end() :]
        contrast = len((found[1] or found[2]).split())
        if (
            len(before.split()) >= FEWEST_WORDS_BEFORE_CONTRAST
            and len(after.split()) >= FEWEST_WORDS_PER_UNIT + contrast
        ):
            clauses.append(before)
            start = found.end()
    return [*clauses, sentence[start:]]


def _split_long(unit: str) -> list[str]:
    words = unit.split()
    if len(words) <= MAX_WORDS_PER_UNIT:
        return [unit]
    starts = range(0, len(words), MAX_WORDS_PER_UNIT)
    return [" ".join(words[start : start + MAX_WORDS_PER_UNIT]) for start in starts]


def _join_neighbours(units: list[str]) -> list[str]:
    together = -(-len(units) // MAX_UNITS_PER_COMMENT)
    starts = range(0, len(units), together)
    return [" ".join(units[start : start + together]) for start in starts]
