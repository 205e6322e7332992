"""The leadership briefing as plain values; each kind of file is made from these alone."""

import re
from dataclasses import dataclass

from voice.reports.figures import Figure, QuestionFigures, rate_words

ONLY_HEARD = "heard outside the survey only"
# What XML 1.0 cannot hold, so that no word of anybody's breaks a document.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class BriefTheme:
    """A theme that was signed off; `people` counts those who raised it among those who wrote."""

    label: str
    people: Figure
    tones: tuple[Figure, ...]
    quotes: tuple[str, ...]
    said_more_by: tuple[str, ...]
    answered: str  # what the council does about it; "" while nobody has said
    speaking: tuple[str, ...] = ()  # such as "1 committee", among the people
    heard: tuple[str, ...] = ()  # at which gatherings, and what was said there
    is_indicative: bool = False  # the list is not audited well enough
    said_by: tuple[str, ...] = ()  # for each quote who speaks, as far as that tells nobody apart

    @property
    def is_only_heard(self) -> bool:
        """Whether it comes from gatherings alone, so that it has no figure."""
        return not self.people.count and bool(self.heard)

    @property
    def how_many(self) -> str:
        """Such as "12 of 40 (30%)", guarded when small."""
        if self.is_only_heard:
            return ONLY_HEARD
        return f"{self.people.guarded_words}{self._indicative}"

    @property
    def figure_words(self) -> str:
        """Such as "12 of 40 (30%) people. Tone: 3 positive, 9 negative."; guarded when small."""
        if self.is_only_heard:
            return f"{ONLY_HEARD.capitalize()}."
        if self.people.is_withheld:
            return f"{self.people.guarded_words} people{self._indicative}."
        tones = ", ".join(f"{tone.count} {tone.label}" for tone in self.tones)
        among = f", {' and '.join(self.speaking)} among them" if self.speaking else ""
        return f"{self.people.words} people{among}{self._indicative}. Tone: {tones}."

    @property
    def _indicative(self) -> str:
        return ", indicative" if self.is_indicative else ""


@dataclass(frozen=True, slots=True)
class BriefQuestion:
    """The themes signed off in the answers to one free-text question."""

    code: str
    text: str
    base: int
    themes: tuple[BriefTheme, ...]
    not_signed_off: int
    removed: str  # how many answers were removed for safeguarding, small counts hidden
    heard: tuple[str, ...] = ()  # everything noted at gatherings, a line each
    warning: str = ""  # that so few wrote here
    version: str = ""  # of the list of themes: its number, who signed it off and when
    standing: str = ""  # how far its figures may be believed, in one sentence

    @property
    def of_the_list(self) -> tuple[str, ...]:
        """How far its figures may be believed, and who signed it off and when."""
        signed = f"Themes: {self.version}." if self.version else ""
        return tuple(words for words in (self.standing, signed) if words)

    @property
    def base_words(self) -> str:
        """How many people stand behind the themes, and how many are left out."""
        removed = f"Answers removed for safeguarding: {self.removed}."
        if not self.base:
            return f"Nobody’s words have been read for themes yet. {removed}"
        return (
            f"n = {self.base} people wrote something with content; every share below is of these. "
            f"{removed}"
        )


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a leader reads in ten minutes: the findings first, then every figure."""

    title: str
    council: str
    made_on: str
    period: str
    demonstration: str
    responses: int
    invited: int | None
    rate: Figure | None
    channels: tuple[Figure, ...]
    headlines: tuple[str, ...]
    questions: tuple[QuestionFigures, ...]
    themes: tuple[BriefQuestion, ...]
    outcomes: tuple[tuple[str, str], ...]  # what people said, what we did or will do
    decisions: tuple[str, ...]  # what is asked now
    method: tuple[str, ...]
    decisions_later: tuple[str, ...] = ()  # the themes that wait as well, each of fewer people
    respondents: int | None = None  # who sent the responses in; one may answer again to add more

    @property
    def rate_words(self) -> str:
        """The response rate, as it stands beside every table of percentages."""
        return rate_words(self.rate)

    @property
    def submissions(self) -> str:
        """Such as "3 submissions from 2 respondents."; empty where nobody knows."""
        if self.respondents is None:
            return ""
        sent = "1 submission" if self.responses == 1 else f"{self.responses} submissions"
        by = "1 respondent" if self.respondents == 1 else f"{self.respondents} respondents"
        return f"{sent} from {by}."

    @property
    def who_answered(self) -> str:
        """How many answered, and what share of those asked."""
        people = "1 response" if self.responses == 1 else f"{self.responses} responses"
        if self.rate is None:
            asked = "Response rate: not known, because nobody knows how many people were asked."
            return f"{people} (n = {self.responses}). {asked} {self.submissions}".strip()
        return (
            f"{people} (n = {self.responses}) from {self.invited} people asked. "
            f"Response rate: {self.rate.percent}%. {self.submissions}"
        ).strip()


def printable(text: str) -> str:
    """Return `text` with a mark in place of each character that no document can hold."""
    return _NOT_XML.sub("\ufffd", text)
