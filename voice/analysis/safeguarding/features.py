"""What the trained weights look at: words, pairs of words, concepts and who stands near whom."""

from collections.abc import Sequence

from voice.analysis.safeguarding.concepts import concepts_of
from voice.analysis.safeguarding.grammar import Hit

PAIR_REACH = 6  # how many words apart two concepts may stand to count as a pair
DENIAL_REACH = 4  # how many words after a "not" are read as denied
MAX_WORDS = 90


def find_features(words: Sequence[str], hits: Sequence[Hit]) -> frozenset[str]:
    """Return the features of one sentence that has been read into plain words."""
    words = words[:MAX_WORDS]
    stems = [stem(word) for word in words]
    concepts = [concepts_of(word) for word in words]
    found = {f"w:{one}" for one in stems}
    found.update(f"b:{one} {two}" for one, two in zip(["^", *stems], [*stems, "$"], strict=True))
    found.update(f"t:{one} {two}" for one, two in zip(stems, stems[2:], strict=False))
    found.update(f"c:{name}" for names in concepts for name in names)
    found.update(_concept_pairs(stems, concepts))
    found.update(_denied_concepts(concepts))
    found.update(_rule_features(hits))
    found.add(f"len:{min(len(words) // 4, 6)}")
    return frozenset(found)


def _concept_pairs(stems: Sequence[str], concepts: Sequence[tuple[str, ...]]) -> set[str]:
    pairs: set[str] = set()
    for at, names in enumerate(concepts):
        if not names:
            continue
        for later in range(at + 1, min(at + 1 + PAIR_REACH, len(concepts))):
            near = "n" if later - at <= 2 else "f"
            pairs.update(f"p:{one}>{two}" for one in names for two in concepts[later])
            pairs.update(f"p{near}:{one}>{two}" for one in names for two in concepts[later])
            if near == "n":
                pairs.update(f"m:{one}>{stems[later]}" for one in names)
    return pairs


def _denied_concepts(concepts: Sequence[tuple[str, ...]]) -> set[str]:
    denied: set[str] = set()
    for at, names in enumerate(concepts):
        if "neg" in names:
            for later in concepts[at + 1 : at + 1 + DENIAL_REACH]:
                denied.update(f"not:{name}" for name in later)
    return denied


def _rule_features(hits: Sequence[Hit]) -> set[str]:
    found = set()
    for hit in hits:
        if hit.denied:
            found.add(f"denied:{hit.rule.category}")
        else:
            found.add(f"r:{hit.rule.name}")
            found.add(f"rc:{hit.rule.category}")
    harmful = sum(1 for hit in hits if not hit.denied and hit.rule.category != "harmless")
    harmless = sum(1 for hit in hits if not hit.denied and hit.rule.category == "harmless")
    found.update(f"harmful>={n}" for n in range(1, min(harmful, 5) + 1))
    found.update(f"harmless>={n}" for n in range(1, min(harmless, 3) + 1))
    return found


def stem(word: str) -> str:
    """Return `word` without the commonest English endings; short words stay as they are."""
    for ending in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            root = word[: -len(ending)]
            if root[-1] == root[-2] and root[-1] not in "lsz":
                root = root[:-1]
            return root.rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word
