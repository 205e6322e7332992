"""What people type for yes, for no and for a number: one file a language in `languages/typed/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ruamel.yaml import YAML

from surveys.catalogue import LANGUAGES, offered_languages

TYPED = LANGUAGES / "typed"
MOST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Spellings:
    """How one language is typed, plain as `surveys.typed.plain` makes it."""

    yes: frozenset[str]
    no: frozenset[str]
    either: frozenset[str]  # what may be a yes or a no in this language
    unsure: frozenset[str]  # I do not know
    declines: frozenset[str]  # I would rather not say
    denies: frozenset[str]  # words that turn what is said into its opposite
    but: frozenset[str]  # words after which a choice says more than its yes or no
    says_yes: tuple[str, ...]  # how a choice begins that means yes
    says_no: tuple[str, ...]
    says_unsure: tuple[str, ...]
    before_age: tuple[str, ...]
    after_age: tuple[str, ...]
    numbers: Mapping[str, int]


@lru_cache(maxsize=32)
def spellings(language: str) -> Spellings:
    """Return how this language is typed; nothing at all where there is no file for it."""
    path = TYPED / f"{language}.yaml"
    known = language.isalpha() and path.is_file()
    found = YAML(typ="safe", pure=True).load(path.read_text("utf-8")) if known else {}
    numbers = found.get("numbers", {})
    return Spellings(
        yes=frozenset(found.get("yes", ())),
        no=frozenset(found.get("no", ())),
        either=frozenset(found.get("either", ())),
        unsure=frozenset(found.get("unsure", ())),
        declines=frozenset(found.get("declines", ())),
        denies=frozenset(found.get("denies", ())),
        but=frozenset(found.get("but", ())),
        says_yes=tuple(found.get("says_yes", ())),
        says_no=tuple(found.get("says_no", ())),
        says_unsure=tuple(found.get("says_unsure", ())),
        before_age=tuple(found.get("before_age", ())),
        after_age=tuple(found.get("after_age", ())),
        numbers={word: number for number, words in numbers.items() for word in words},
    )


def typed_in(language: str) -> tuple[Spellings, ...]:
    """Return how people type who are asked in this language: in it, and in English."""
    return tuple(spellings(each) for each in dict.fromkeys((language or "en", "en")))


def yes_or_no(said: str, language: str) -> bool | None:
    """Return whether plain words are a yes, however it is spelled; None if they are neither."""
    for spelled in typed_in(language):
        if said in spelled.either:
            return None
        if said in spelled.yes or said in spelled.no:
            return said in spelled.yes
    return None


@lru_cache(maxsize=1)
def either_anywhere() -> frozenset[str]:
    """Return what may be a yes or a no in any language: hardly anything that people type."""
    return frozenset[str]().union(*(spellings(each).either for each in all_languages()))


def is_either(said: str, language: str) -> bool:
    """Return whether plain words may be a yes or a no in this language: they are asked again."""
    return any(said in spelled.either for spelled in typed_in(language))


def is_unsure(said: str, language: str) -> bool:
    """Return whether plain words say that somebody does not know."""
    return any(said in spelled.unsure for spelled in typed_in(language))


def is_declining(said: str, language: str) -> bool:
    """Return whether plain words say that somebody has no answer, or would rather not give it."""
    return any(said in spelled.unsure | spelled.declines for spelled in typed_in(language))


def number_in(said: str, language: str) -> int | None:
    """Return the whole number that plain words say: 16, sixteen, "im sixteen", "16 yrs"; or None.

    In words it is known up to twenty.
    """
    for spelled in typed_in(language):
        bare = _without_age(said, spelled)
        if bare.isascii() and bare.isdigit() and len(bare) <= MOST_DIGITS:
            return int(bare)
        if bare in spelled.numbers:
            return spelled.numbers[bare]
    return None


@lru_cache(maxsize=1)
def all_languages() -> tuple[str, ...]:
    """Return every language whose spellings may be looked for where none is known."""
    return offered_languages()


def says_little(said: str) -> bool:
    """Return whether plain words are only a yes, a no or a number, in any language of ours."""
    return any(
        yes_or_no(said, each) is not None or number_in(said, each) is not None
        for each in all_languages()
    )


def _without_age(said: str, spelled: Spellings) -> str:
    """Return the words without what people put round an age."""
    for before in spelled.before_age:
        if said.startswith(f"{before} "):
            said = said[len(before) :].strip()
            break
    for after in spelled.after_age:
        if said.endswith(after) and said[: -len(after)].strip():
            return said[: -len(after)].strip()
    return said
