"""Comments in other languages than most are in: groups of their own, so that none is dropped."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from voice.analysis.findings import Mention, Theme, ToneCounts
from voice.analysis.written_in import name_of

DESCRIPTION = (
    "These comments are in {name}. The machine cannot sort them with the others: ask somebody who "
    "reads them."
)


def group_languages(apart: Mapping[str, Sequence[str]], base: int) -> tuple[Theme, ...]:
    """Return a group for each language, in the order given.

    The key is the language's own, the same in every part of a large file. Nothing is said of their
    tone, and none of them is quoted.
    """
    return tuple(
        replace(
            name_group(_key_of(language), language, len(comments), base),
            mentions=tuple(Mention(comment, 1.0) for comment in comments),
        )
        for language, comments in apart.items()
    )


def name_group(key: str, language: str, count: int, base: int) -> Theme:
    """Return the group of those who wrote in `language`, without its comments."""
    return Theme(
        key=key,
        label=f"Written in {name_of(language)}",
        description=DESCRIPTION.format(name=name_of(language)),
        words=(),
        mentions=(),
        quotes=(),
        tone=ToneCounts(),
        count=count,
        share=count / base,
        language=language,
    )


def _key_of(language: str) -> str:
    return f"language-{language.replace(':', '-')}"


def rank_languages(
    ranked: Mapping[str, tuple[str, ...]], groups: Sequence[Theme]
) -> dict[str, tuple[str, ...]]:
    """Return `ranked` with these groups: first for their own comments, last for all others."""
    keys = tuple(group.key for group in groups)
    themes = next(iter(ranked.values()), ())
    whole = {comment: (*own, *keys) for comment, own in ranked.items()}
    own_groups: defaultdict[str, list[str]] = defaultdict(list)
    for group in groups:
        for mention in group.mentions:
            own_groups[mention.comment_id].append(group.key)
    for comment, own in own_groups.items():
        whole[comment] = (*own, *themes, *(key for key in keys if key not in own))
    return whole
