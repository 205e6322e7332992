"""What goes into the theme analysis and what comes out, as plain values that pages may import."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Tone(StrEnum):
    """How somebody feels about what they wrote, as far as their words show it."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Comment:
    """One person's free text to one question, exactly as they wrote it.

    `id` is unique within the question. `groups` says which groups the person belongs to,
    for instance {"age": "11 to 15"}. One that `may_be_quoted` not is counted like any other, but
    no name, keyword, description or quote of a theme comes from it.
    """

    id: str
    text: str
    question: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    may_be_quoted: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """What was noticed of one comment as it was read.

    `near_copy` is the id of the first comment that says nearly the same, "" where none does.
    `names` are the things that it calls by a name of several, by the name they are counted under.
    `weight` says how serious its words are, 0 to 1; it tells nothing about danger.
    """

    near_copy: str = ""
    is_disguised: bool = False
    names: tuple[str, ...] = ()
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Mention:
    """One comment raising one theme; `strength` runs from 0 (hardly) to 1 (wholly).

    `tone` is that of the words that raise this theme, None where nobody read it.
    """

    comment_id: str
    strength: float
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class ToneCounts:
    """How many of the people who raise a theme speak of it in each tone."""

    positive: int = 0
    neutral: int = 0
    negative: int = 0
    mixed: int = 0


@dataclass(frozen=True, slots=True)
class Theme:
    """Something that several people said, found by the machine and not yet signed off.

    `description` and `quotes` (comment ids, best first) lead to people's own words, and so may
    `label`: mask them before they are shown to anybody who may not read the answers.
    `count` is people; `share` is `count` over the report's base, 0 to 1. `language` is set where
    the group holds comments that were set apart by their language and sorted into no theme.
    """

    key: str
    label: str
    description: str
    words: tuple[str, ...]
    mentions: tuple[Mention, ...]
    quotes: tuple[str, ...]
    tone: ToneCounts
    count: int
    share: float
    language: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All themes of one question, the most often raised first.

    `base` is how many people wrote something with content. Everybody else is in
    `without_content`; those who wrote something that fits no theme are in `unassigned`, for a
    person to read. `ranked` orders every theme for every comment with content, best first;
    a mention says the theme is raised, a place in the ranking does not. `notes` holds only the
    comments of which there is something to note.
    """

    themes: tuple[Theme, ...]
    base: int
    without_content: tuple[str, ...]
    unassigned: tuple[str, ...]
    ranked: Mapping[str, tuple[str, ...]]
    model: str
    seconds: float
    peak_mb: float
    notes: Mapping[str, Note] = field(default_factory=dict)
