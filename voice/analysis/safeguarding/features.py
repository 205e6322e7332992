"""What the trained weights look at: words, pairs of words, concepts and who stands near whom."""

from collections.abc import Sequence

from voice.analysis.safeguarding.concepts import concepts_in
from voice.analysis.safeguarding.grammar import Hit

PAIR_REACH = 6  # how many words apart two concepts may stand to count as a pair
NEAR = 2  # how many words apart they may stand to be near
DENIAL_REACH = 4  # how many words after a "not" are read as denied
MAX_WORDS = 90


_ENDINGS = ("ing", "ies", "ed", "es", "s")
_LAST_LETTERS = frozenset("gds")  # of these endings: no other word has to be looked at


def find_features(words: Sequence[str], hits: Sequence[Hit]) -> frozenset[str]:
    """Return the features of one sentence that has been read into plain words."""
    words = words[:MAX_WORDS]
    stems = [stem(word) for word in words]
    concepts = concepts_in(words)
    found = {f"w:{one}" for one in stems}
    found |= {f"b:{one} {two}" for one, two in zip(["^", *stems], [*stems, "$"], strict=True)}
    found |= {f"t:{one} {two}" for one, two in zip(stems, stems[2:], strict=False)}
    found |= {f"c:{name}" for names in concepts for name in names}
    found |= _concept_pairs(stems, concepts) | _denied_concepts(concepts) | _rule_features(hits)
    found.add(f"len:{min(len(words) // 4, 6)}")
    return frozenset(found)


def _concept_pairs(stems: Sequence[str], concepts: Sequence[tuple[str, ...]]) -> set[str]:
    pairs: set[str] = set()
    told = [(at, names) for at, names in enumerate(concepts) if names]
    for at, names in told:
        pairs |= {
            f"{kind}:{one}>{two}"
            for later, others in told
            if 0 < later - at <= PAIR_REACH
            for kind in ("p", "pn" if later - at <= NEAR else "pf")
            for one in names
            for two in others
        }
        pairs |= {f"m:{one}>{near}" for near in stems[at + 1 : at + 1 + NEAR] for one in names}
    return pairs


def _denied_concepts(concepts: Sequence[tuple[str, ...]]) -> set[str]:
    denied: set[str] = set()
    for at, names in enumerate(concepts):
        if "neg" in names:
            for later in concepts[at + 1 : at + 1 + DENIAL_REACH]:
                denied |= {f"not:{name}" for name in later}
    return denied


def _rule_features(hits: Sequence[Hit]) -> set[str]:
    found = set()
    for hit in hits:
        if hit.denied:
            found.add(f"denied:{hit.rule.category}")
        else:
            found.add(f"r:{hit.rule.name}")
            found.add(f"rc:{hit.rule.category}")
    told = [hit.rule.category == "harmless" for hit in hits if not hit.denied]
    harmful, harmless = told.count(False), told.count(True)
    found |= {f"harmful>={n}" for n in range(1, min(harmful, 5) + 1)}
    found |= {f"harmless>={n}" for n in range(1, min(harmless, 3) + 1)}
    return found


def stem(word: str) -> str:
    """Return `word` without the commonest English endings; short words stay as they are."""
    if word[-1:] not in _LAST_LETTERS:
        return word.rstrip("e") if word[3:] and word[-1] == "e" else word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            root = word[: -len(ending)]
            if root[-1] == root[-2] and root[-1] not in "lsz":
                root = root[:-1]
            return root.rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word
