"""What stands behind the themes of a question now: who may be read, who raises what, how much."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.models import AnswerRow, Capacity, Consultation, Mention, Theme
from voice.services import capacities, codes, concerns, theme_answers
from voice.services.consultations import current_survey
from voice.services.gathered_themes import Gathered

NEUTRAL, MIXED = "neutral", "mixed"


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the themes of a question now: gone responses no longer count."""

    readable: Mapping[UUID, AnswerRow]  # sent in, counting, without an alert
    people: frozenset[UUID]  # of those, who wrote something with content when last analysed
    raised: Mapping[UUID, Mapping[UUID, float]]  # theme -> response -> how strongly, unmerged
    spoken: Mapping[UUID, Mapping[UUID, str]]  # theme -> response -> in what tone, before merging
    quotes: Mapping[UUID, list[tuple[bool, float, UUID]]]  # theme -> proposed, strength, response
    removed: int
    gathered: Gathered
    spoke_as: Mapping[UUID, Capacity]  # those of the people who speak for more than themselves
    name_as: str  # what a name in a quote becomes
    coded: Mapping[UUID, tuple[UUID, ...]]  # what officers say of an answer, the primary first
    unquotable: Set[UUID]  # who raised a concern of any tier

    @classmethod
    def read(cls, session: Session, consultation: Consultation, code: str) -> "Behind":
        """Return it without any response that raised an alert (SAF-8)."""
        apart = theme_answers.responses_set_apart(session, consultation)
        unquotable = concerns.responses_with_concerns(session, consultation)
        rows = theme_answers.answer_rows(session, consultation, code)
        readable = {one: row for one, row in rows.items() if one not in apart}
        people = frozenset(one for one, row in readable.items() if row.tone)
        raised: dict[UUID, dict[UUID, float]] = defaultdict(dict)
        spoken: dict[UUID, dict[UUID, str]] = defaultdict(dict)
        quotes: dict[UUID, list[tuple[bool, float, UUID]]] = defaultdict(list)
        mentions = select(
            Mention.theme_id, Mention.response_id, Mention.strength, Mention.is_quote, Mention.tone
        ).join(Theme, Theme.id == Mention.theme_id)
        ours = mentions.where(Theme.consultation_id == consultation.id, Theme.question == code)
        for theme, response, strength, is_quote, tone in session.execute(ours):
            if response in people:
                raised[theme][response] = strength
                spoken[theme][response] = tone or readable[response].tone or ""
                if response not in unquotable:
                    quotes[theme].append((is_quote, strength, response))
        gathered = Gathered.read(session, consultation, code)
        return cls(
            readable,
            people,
            raised,
            spoken,
            quotes,
            removed=len(apart & rows.keys()) + gathered.removed,
            gathered=gathered,
            spoke_as=capacities.spoken_for(session, consultation),
            name_as=current_survey(consultation).name_as,
            coded=codes.latest(session, consultation, code),
            unquotable=unquotable,
        )

    @property
    def unassigned(self) -> frozenset[UUID]:
        """The people who raise no theme."""
        return self.people.difference(*self.raised.values())

    def people_of(self, themes: Iterable[Theme]) -> set[UUID]:
        """Return everybody who raises one of these themes."""
        return set().union(*(self.raised.get(theme.id, {}) for theme in themes))

    def tones_of(self, themes: Iterable[Theme]) -> dict[UUID, str]:
        """Return in what tone each person speaks of these themes: mixed where two disagree."""
        tones: dict[UUID, str] = {}
        for theme in themes:
            for person, tone in self.spoken.get(theme.id, {}).items():
                before = tones.get(person, NEUTRAL)
                is_other = NEUTRAL not in {before, tone} and before != tone
                tones[person] = MIXED if is_other else before if tone == NEUTRAL else tone
        return tones

    def count_firsts(self, parts: Mapping[UUID, Sequence[Theme]]) -> Counter[UUID]:
        """Return how many people name each theme first; each person names one.

        What an officer gave as the primary theme, else the one that is raised most strongly, of
        two as strong the earlier. `parts` are the themes that count, each with everything merged
        into it.
        """
        firsts: dict[UUID, tuple[float, UUID]] = {}
        for root, themes in parts.items():
            for theme in themes:
                for person, strength in self.raised.get(theme.id, {}).items():
                    if person not in firsts or strength > firsts[person][0]:
                        firsts[person] = (strength, root)
        given = {one: themes[0] for one, themes in self.coded.items() if themes}
        return Counter(
            given[one] if given.get(one) in parts else root for one, (_, root) in firsts.items()
        )
