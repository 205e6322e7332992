"""Comments in other languages than most are in: groups of their own, so that none is dropped."""

from collections.abc import Mapping, Sequence

from voice.analysis.findings import Mention, Theme, ToneCounts
from voice.analysis.written_in import name_of

DESCRIPTION = (
    "These comments are in {name}. The machine cannot sort them with the others: ask somebody who "
    "reads them."
)


def group_languages(
    apart: Mapping[str, Sequence[str]], base: int, *, first: int
) -> tuple[Theme, ...]:
    """Return a group for each language, in the order given; keys go on at number `first`.

    Nothing is said of their tone, and none of them is quoted.
    """
    return tuple(
        Theme(
            key=f"t{number}",
            label=f"Written in {name_of(language)}",
            description=DESCRIPTION.format(name=name_of(language)),
            words=(),
            mentions=tuple(Mention(comment, 1.0) for comment in comments),
            quotes=(),
            tone=ToneCounts(),
            count=len(comments),
            share=len(comments) / base,
            language=language,
        )
        for number, (language, comments) in enumerate(apart.items(), start=first)
    )


def rank_languages(
    ranked: Mapping[str, tuple[str, ...]], groups: Sequence[Theme]
) -> dict[str, tuple[str, ...]]:
    """Return `ranked` with these groups: first for their own comments, last for all others."""
    keys = tuple(group.key for group in groups)
    themes = next(iter(ranked.values()), ())
    whole = {comment: (*own, *keys) for comment, own in ranked.items()}
    for group in groups:
        others = tuple(key for key in keys if key != group.key)
        for mention in group.mentions:
            whole[mention.comment_id] = (group.key, *themes, *others)
    return whole
