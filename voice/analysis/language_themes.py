"""Themes among the comments in another language than most are in, by their words alone.

The network reads English. Where enough people wrote in one other language, the words that they
share say which comments belong together; everybody else in it stays in the group of that language.
"""

from collections.abc import Sequence
from dataclasses import replace

from voice.analysis.aliases import own_aliases
from voice.analysis.drafting import draft_themes
from voice.analysis.embeddings import embed
from voice.analysis.findings import Comment, Mention, Theme, ToneCounts
from voice.analysis.matching import Spelling
from voice.analysis.other_languages import group_languages
from voice.analysis.reading import Manner, Reading, read_comments
from voice.analysis.themes import group_units
from voice.analysis.written_in import name_of, small_words_of

FEWEST_PEOPLE = 30
DESCRIPTION = (
    "These comments are in {name} and share these words: {words}. They were put together by their "
    "words alone: ask somebody who reads them."
)


def find_in_languages(comments: Sequence[Comment], reading: Reading, *, seed: int) -> list[Theme]:
    """Return for each other language its themes, if enough wrote in it, and then everybody else.

    Nothing is said of their tone, and none of them is quoted. Keys are for others to give.
    """
    found: list[Theme] = []
    for language, ids in reading.apart.items():
        own = set(ids) if len(ids) >= FEWEST_PEOPLE else set()
        said = [comment for comment in comments if comment.id in own]
        themes = _find(said, language, reading.base, seed) if said else []
        sorted_in = {mention.comment_id for theme in themes for mention in theme.mentions}
        left = [one for one in ids if one not in sorted_in]
        found += [*themes, *(group_languages({language: left}, reading.base) if left else ())]
    return found


def _find(comments: Sequence[Comment], language: str, base: int, seed: int) -> list[Theme]:
    """Return themes by the words as they are written: we know no slips in other languages."""
    manner = Manner(language, Spelling((), own_aliases()))
    reading = read_comments(comments, like=manner)
    embedding = embed(reading.matched, seed=seed, by_meaning=False)
    weights = [len(answer.ids) for answer in reading.answers]
    grouping = group_units(embedding.vectors, reading.owners, weights, seed=seed)
    small_words = small_words_of(language)
    draft = draft_themes(reading, embedding.vectors, grouping, small_words=small_words)
    return [_tell(theme, language, base) for theme in draft.themes]


def _tell(theme: Theme, language: str, base: int) -> Theme:
    words = ", ".join(f"“{word}”" for word in theme.words) or f"“{theme.label}”"
    return replace(
        theme,
        label=f"Written in {name_of(language)}: {theme.label}",
        description=DESCRIPTION.format(name=name_of(language), words=words),
        mentions=tuple(Mention(each.comment_id, each.strength) for each in theme.mentions),
        quotes=(),
        tone=ToneCounts(),
        share=theme.count / base,
        language=language,
    )
