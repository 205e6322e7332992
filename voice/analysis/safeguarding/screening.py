"""Screens one text: which sentence, if any, a person should read today.

The score of a sentence is the probability that the trained weights give it; rules enter the
weights as features. Two thresholds, kept with the weights, make the tiers. A harmless context
lowers the score, but a strong rule that speaks of somebody's harm keeps at least `SUPPORT`.
A whole text that is plain (see `plain_answers`) raises nothing; a word or two that name death,
self-harm or fear raise at least `SUPPORT`. Of few words the weights say only what `evidence`
lets them; rules always hold. A saying of `lexicons/few_words.csv` and a call (`calls`) are alerts.
Every text is read in Welsh, Polish and Urdu too (see `languages`), whatever the survey's
language, and the higher tier counts.
"""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass

from voice.analysis.safeguarding import model
from voice.analysis.safeguarding.calls import find_call, is_calm
from voice.analysis.safeguarding.evidence import (
    MOST_WORDS,
    find_saying,
    names_harm,
    says_unhappy,
    weigh_few,
)
from voice.analysis.safeguarding.features import find_features
from voice.analysis.safeguarding.grammar import HARMLESS, Hit, find_hits
from voice.analysis.safeguarding.languages import Finding, choose_telling, read_piece
from voice.analysis.safeguarding.longtexts import choose_pieces
from voice.analysis.safeguarding.normalising import read_words
from voice.analysis.safeguarding.plain_answers import is_plain_answer, says_nothing
from voice.analysis.safeguarding.resources import lexicons_digest, read_weights
from voice.analysis.safeguarding.sentences import split_sentences
from voice.analysis.safeguarding.values import Category, Screening, Tier, Urgency

DETECTOR = "9"  # counts up when code changes a result; lexicons are versioned by their digest
STRONG_RULE = 4.0
_HEIGHTS = {Tier.NONE: 0, Tier.SUPPORT: 1, Tier.ALERT: 2}


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence as the detector understood it."""

    sentence: str
    words: tuple[str, ...]
    probability: float
    features: frozenset[str]
    hits: tuple[Hit, ...]

    @property
    def harmful(self) -> tuple[Hit, ...]:
        """Return the rules that point to harm and that nothing before them denies."""
        return tuple(h for h in self.hits if not h.denied and h.rule.category != HARMLESS)

    @property
    def is_strong(self) -> bool:
        """Return whether a strong rule was found in a sentence that speaks of me or of us."""
        strong = any(hit.rule.weight >= STRONG_RULE for hit in self.harmful)
        return strong and "c:me" in self.features


def detector_version() -> str:
    """Return the version that is kept with every screening."""
    return f"{DETECTOR}.{lexicons_digest()}-{read_weights()['digest']}"


def screen(text: str) -> Screening:
    """Return what `text` raises; never raises an error, whatever the text.

    It points a reader to a sentence and never decides anything. `Tier.NONE` means that nothing
    was noticed, not that there is no concern: every text is still read by a person.
    """
    pieces = split_sentences(text)
    findings = [found for one in choose_telling(pieces) if (found := read_piece(one)) is not None]
    foreign = max(findings, key=lambda found: found.rank, default=None)
    chiefly_foreign = {found.sentence for found in findings if found.is_chiefly}
    english = _screen_english([one for one in pieces if one not in chiefly_foreign])
    if foreign is None or _HEIGHTS[foreign.tier] <= _HEIGHTS[english.tier]:
        return english
    return _found(foreign)


def _screen_english(pieces: Sequence[str]) -> Screening:
    read = {piece: read_words(piece) for piece in pieces} if len(pieces) <= MOST_WORDS else {}
    is_short = bool(read) and sum(len(read[piece]) for piece in pieces) <= MOST_WORDS
    readings = [
        _read(piece, read.get(piece) or read_words(piece), is_alone=is_short)
        for piece in choose_pieces(pieces)
    ]
    if not readings or (len(readings) == 1 and _is_plain(readings[0])):
        return Screening(Tier.NONE, None, Urgency.NONE, "", (), detector_version())
    strongest = max(readings, key=lambda reading: reading.probability)
    tier = _tier(strongest, readings)
    if tier is not Tier.ALERT:
        said = next((found for one in readings if (found := _saying(one)) is not None), None)
        if said is not None:
            return said
    if tier is Tier.NONE:
        return Screening(tier, None, Urgency.NONE, "", (), detector_version())
    return _raised(tier, strongest)


def _is_plain(reading: Reading) -> bool:
    """Return whether a whole text is plain, or one of those that say nothing and meet no rule."""
    return is_plain_answer(reading.words) or (not reading.harmful and says_nothing(reading.words))


def _saying(reading: Reading) -> Screening | None:
    """Return the alert for a few words that are one by themselves, such as a call for help."""
    found = find_saying(reading.words) or find_call(reading.words)
    if found is None:
        return None
    return Screening(Tier.ALERT, *found, reading.sentence, ("saying",), detector_version())


def _found(finding: Finding) -> Screening:
    """Return what a sentence in another language raises."""
    return Screening(
        finding.tier,
        finding.category,
        finding.urgency,
        finding.sentence,
        tuple(f"{finding.language}:{rule.name}" for rule in finding.harmful)
        or (f"{finding.language}:trained-weights",),
        detector_version(),
    )


def read_sentence(sentence: str, *, is_alone: bool = True) -> Reading:
    """Return one sentence with its rules, its features and its probability.

    `is_alone` says that the whole text is of few words: short sentences together tell more.
    """
    return _read(sentence, read_words(sentence), is_alone=is_alone)


def _read(sentence: str, words: Sequence[str], *, is_alone: bool) -> Reading:
    if is_calm(words):
        return Reading(sentence, tuple(words), 0.0, frozenset(), ())
    hits = find_hits(words)
    features = find_features(words, hits)
    weighed = _probability(words, hits, features, is_alone=is_alone)
    return Reading(sentence, tuple(words), weighed, features, tuple(hits))


def _probability(
    words: Sequence[str], hits: Collection[Hit], features: Set[str], *, is_alone: bool
) -> float:
    weighed = model.concern_probability(features)
    if any(not hit.denied and hit.rule.category != HARMLESS for hit in hits):
        return weighed
    weighed = weigh_few(words, weighed) if is_alone else weighed
    if not hits and (names_harm(words) or says_unhappy(words)):
        return max(weighed, float(read_weights()["thresholds"]["support"]))
    return weighed


def _tier(strongest: Reading, readings: Sequence[Reading]) -> Tier:
    thresholds = read_weights()["thresholds"]
    if strongest.probability >= thresholds["alert"]:
        return Tier.ALERT
    if strongest.probability >= thresholds["support"] or any(one.is_strong for one in readings):
        return Tier.SUPPORT
    return Tier.NONE


def _raised(tier: Tier, reading: Reading) -> Screening:
    reasons = [hit.rule.name for hit in reading.harmful]
    if not reasons:
        reasons.append("trained-weights")
    category = model.best_category(reading.features)
    return Screening(
        tier,
        category,
        _urgency(reading, category),
        reading.sentence,
        tuple(reasons),
        detector_version(),
    )


def _urgency(reading: Reading, category: Category) -> Urgency:
    """Return `IMMEDIATE` if the weights or a rule of the same category say so.

    In doubt it says `IMMEDIATE`: too early costs a reader minutes, too late may cost more.
    """
    limit = read_weights()["thresholds"]["immediate"]
    ruled = any(
        hit.rule.urgency == Urgency.IMMEDIATE and hit.rule.category == category
        for hit in reading.harmful
    )
    if ruled or model.immediate_probability(reading.features) >= limit:
        return Urgency.IMMEDIATE
    return Urgency.HIGH
