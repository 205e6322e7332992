"""Finds people's names, from name lists and from how a name stands in a sentence.

A name that is nothing else (`leanne`, `Babatunde`) is a name in small letters too. A word that
is also a name (`Will`, `April`), or a capital word in no list, is one only where the words
around it say so: a title, "my friend …", "called …", "… said", a list of names, a signature.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voice.analysis.identity import namewords as words
from voice.analysis.identity.spans import Kind, Span
from voice.analysis.identity.wordlists import (
    is_everyday,
    is_first_name,
    is_place,
    is_surname,
    is_word_name,
    plain,
)

MAX_NAME_WORDS = 4
MAX_JOINTS = 5000  # how many "and"s and commas of one text are looked at
SHOUT_SAMPLE_WORDS = 300

_TOKEN = re.compile(r"[^\W\d_][\w'’-]{0,39}|\d{1,12}|\n+|[.!?;:,&()]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One different word of a text, looked up once however often it comes."""

    text: str
    plain: str
    has_capital: bool
    owns: bool  # ends in a possessive 's
    may_be_name: bool

    @property
    def bare_length(self) -> int:
        """Return how long the word is without a possessive ending."""
        return len(self.text) - 2 if self.owns else len(self.text.rstrip("'’"))


class NameReader:
    """Reads the names out of one text, from its first word to its last."""

    def __init__(self, text: str) -> None:
        self._tokens, self._starts = read_words(text)
        self._plain = [token.plain for token in self._tokens]
        self._shouts = is_shouted(self._tokens)
        self._names = [False] * len(self._tokens)

    def find(self) -> Iterator[Span]:
        """Yield the spans of the names, titles such as Mrs and Auntie included."""
        for at, token in enumerate(self._tokens):
            after_mr = self._word(at - 1) in words.NAMED_NEXT and token.text[0].isalpha()
            if token.may_be_name or after_mr:
                self._names[at] = self._is_name(at)
        self._add_neighbours_in_lists()
        yield from self._spans()

    def _is_name(self, at: int) -> bool:
        token = self._tokens[at]
        if token.plain in words.NEVER or not token.plain.strip("x") or self._is_part_of_a_place(at):
            return False
        if self._follows_title(at) or self._continues_a_name(at):
            return True
        if is_first_name(token.text):
            return self._is_plainly_a_name(at)
        if self._owns_without_a_mark(at):
            return True
        if is_word_name(token.text):
            return self._word_is_meant_as_name(at)
        return self._unknown_is_a_name(at)

    def _word(self, at: int) -> str:
        return self._plain[at] if 0 <= at < len(self._plain) else ""

    def _starts_sentence(self, at: int) -> bool:
        return at == 0 or self._plain[at - 1] in words.SENTENCE_ENDS

    def _before(self, at: int, count: int) -> list[str]:
        return self._plain[max(0, at - count) : at]

    def _after(self, at: int, count: int) -> list[str]:
        return self._plain[at + 1 : at + 1 + count]

    def _capital(self, at: int) -> bool:
        inside = 0 <= at < len(self._tokens)
        return inside and self._tokens[at].has_capital and not self._shouts

    def _is_part_of_a_place(self, at: int) -> bool:
        """Return whether this is `Rose` in "Rose Street" or `Harry` in "Harry Potter"."""
        pair = f"{self._word(at)} {self._word(at + 1)}"
        if (
            pair in words.KNOWN_PAIRS
            or f"{self._word(at - 1)} {self._word(at)}" in words.KNOWN_PAIRS
        ):
            return True
        if self._word(at) in words.PLACE_ENDINGS and not (at and self._names[at - 1]):
            return not self._follows_title(at)
        return self._word(at + 1) in words.PLACE_ENDINGS or (
            self._word(at - 1) == "st" and not self._names[at - 1]
        )

    def _follows_title(self, at: int) -> bool:
        before = self._word(at - 1)
        if before == "." and self._word(at - 2) in words.SHORT_TITLES:
            before = self._word(at - 2)
        if before not in words.TITLES:
            return False
        if self._is_initial(at):  # "Ms T", and not "Mr K. Nowak", which is found by its surname
            return (
                before in words.SURE_TITLES and self._ends_phrase(at) and self._word(at + 1) != "."
            )
        if self._capital(at):
            return not is_place(self._tokens[at].text) or before in words.SURE_TITLES
        word = self._tokens[at].text
        if before in words.NAMED_NEXT:
            return True
        if before in words.SURE_TITLES:
            return not is_everyday(word) or (is_word_name(word) and self._ends_phrase(at))
        return is_first_name(word)

    def _continues_a_name(self, at: int) -> bool:
        """Return whether this is the surname after a name, or the name after an initial."""
        if at == 0 or not self._capital(at):
            return False
        if self._word(at - 1) == "." and self._is_initial(at - 2):
            return not self._is_initial(at) and not is_everyday(self._tokens[at].text)
        if not self._names[at - 1] or self._tokens[at - 1].owns:
            return False
        here = self._tokens[at]
        if here.plain in words.NOT_A_SURNAME or is_place(here.text):
            return is_surname(here.text)
        return self._capital(at - 1)

    def _is_initial(self, at: int) -> bool:
        return len(self._word(at)) == 1 and self._capital(at)

    def _is_plainly_a_name(self, at: int) -> bool:
        token = self._tokens[at]
        if token.has_capital:
            return True
        return len(token.plain) >= 3 or self._is_introduced(at)

    def _owns_without_a_mark(self, at: int) -> bool:
        """Return whether this is `jaydens` in "jaydens mum"."""
        word = self._tokens[at].text
        return (
            word[-1] == "s" and is_first_name(word[:-1]) and self._word(at + 1) in words.RELATIONS
        )

    def _word_is_meant_as_name(self, at: int) -> bool:
        capital = self._capital(at)
        if self._is_introduced(at):
            return capital or self._ends_phrase(at)
        if self._follows_relation(at):
            return capital or (self._ends_phrase(at) and self._word(at + 1) not in words.AUXILIARY)
        if not capital or self._has_date_around(at):
            return False
        if self._acts_like_a_person(at):
            return True
        if self._starts_sentence(at):
            return self._is_full_name(at)
        return self._word(at - 1) not in words.PLACE_CUES and not is_place(self._tokens[at].text)

    def _unknown_is_a_name(self, at: int) -> bool:
        token = self._tokens[at]
        if is_place(token.text) or (is_everyday(token.text) and not is_surname(token.text)):
            return False
        if self._is_introduced(at):
            return self._capital(at) or self._word(at - 2) in words.NAME_NOUNS
        if not self._capital(at) or self._is_initials(token.text):
            return False
        if self._follows_relation(at):
            return True
        if self._acts_like_a_person(at):
            return not self._starts_sentence(at) or self._word(at + 1) in words.SPEAKING
        known = is_surname(token.text) and not self._starts_sentence(at)
        return known or self._is_unknown_pair(at)

    @staticmethod
    def _is_initials(word: str) -> bool:
        """Return whether a word in no list is an abbreviation (`CPN`, `NHS111`, `XXXX`)."""
        return (word.isupper() and len(word) > 1) or not word.replace("-", "").isalpha()

    def _is_unknown_pair(self, at: int) -> bool:
        """Return whether two capital words in no list stand together (`Chidi Okafor`)."""
        following = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        if (
            following is None
            or not self._capital(at + 1)
            or self._word(at + 2) in words.PLACE_ENDINGS
        ):
            return False
        return is_surname(following.text) or (
            not is_everyday(following.text)
            and not is_place(following.text)
            and following.text[:1].isalpha()
            and self._word(at - 1) in words.PERSON_PREPOSITIONS
        )

    def _is_full_name(self, at: int) -> bool:
        following = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        return (
            following is not None
            and self._capital(at + 1)
            and not is_everyday(following.text)
            and not is_place(following.text)
        )

    def _is_introduced(self, at: int) -> bool:
        """Return whether "my name is", "called", "I'm" or "hi it's" stands before."""
        one, two, three = self._word(at - 1), self._word(at - 2), self._word(at - 3)
        owned = one in words.NAME_NOUNS and self._tokens[at - 1].owns
        if owned or one in words.NAMING or (one in ("is", ":") and two in words.NAME_NOUNS):
            return True
        if one in words.I_AM or (one == "am" and two == "i"):
            known = is_first_name(self._tokens[at].text) or self._capital(at)
            return known or (is_word_name(self._tokens[at].text) and self._ends_phrase(at))
        if one == "its" or (one == "is" and two in ("this", "it")):
            return is_first_name(self._tokens[at].text) or (
                two in words.GREETINGS or three in words.GREETINGS
            )
        return False

    def _follows_relation(self, at: int) -> bool:
        """Return whether "my friend", "social worker" or "a girl called" stands before."""
        return self._word(at - 1) in words.RELATIONS

    def _ends_phrase(self, at: int) -> bool:
        following = self._word(at + 1)
        return following == "" or following in words.AFTER_A_NAME

    def _acts_like_a_person(self, at: int) -> bool:
        after = self._after(at, 4)
        if not after:
            return self._word(at - 1) in words.SIGNING or self._word(at - 2) in words.SIGNING
        if self._tokens[at].owns:
            return not words.RELATIONS.isdisjoint(after[:2])
        if after[0] in words.PERSON_VERBS or after[0] in ("he", "she"):
            return True
        if after[0] in ("is", "was", "has") and len(after) > 1:
            return after[1] in words.AFTER_IS or (after[1].isdecimal() and "and" in after)
        if after[0] == "from" and len(after) > 1:
            return after[1] in words.WORKPLACES
        if after[0] == "," and len(after) > 2 and after[1] in words.OWNERS:
            return not words.RELATIONS.isdisjoint(after[2:])
        if after[0] in ("and", ",") and len(after) > 1:
            return after[1] in ("me", "i") or is_first_name(self._tokens[at + 2].text)
        return self._word(at - 1) in words.THANKING

    def _has_date_around(self, at: int) -> bool:
        if self._word(at) not in words.MONTHS:
            return False
        return self._word(at - 1) in words.DATE_CUES or any(
            word.isdecimal() for word in (*self._before(at, 1), *self._after(at, 1))
        )

    def _add_neighbours_in_lists(self) -> None:
        """Add `Priya` and `Jess` in "Ellie, Jess and Priya" once one of them is a name."""
        joints = [at for at, word in enumerate(self._plain) if word in words.JOINTS]
        for at in joints[:MAX_JOINTS]:
            if 0 < at < len(self._plain) - 1:
                for here, there in ((at + 1, at - 1), (at - 1, at + 1)):
                    if self._names[there] and not self._names[here]:
                        self._names[here] = self._could_be_a_name(here)

    def _could_be_a_name(self, at: int) -> bool:
        token = self._tokens[at]
        if not token.has_capital or token.plain in words.NEVER or is_place(token.text):
            return False
        return not self._is_part_of_a_place(at) and (
            is_word_name(token.text) or not is_everyday(token.text)
        )

    def _spans(self) -> Iterator[Span]:
        done = 0
        for at, is_name in enumerate(self._names):
            if is_name and at >= done:
                last = self._last_of_name(at)
                end = self._starts[last] + self._tokens[last].bare_length
                yield Span(self._starts[self._first_of_name(at)], end, Kind.PERSON)
                done = last + 1

    def _last_of_name(self, at: int) -> int:
        last = at
        while last + 1 < len(self._tokens) and last - at < MAX_NAME_WORDS - 1:
            if not self._names[last + 1] or self._tokens[last].owns:
                break
            last += 1
        return last

    def _first_of_name(self, at: int) -> int:
        first = at
        while self._word(first - 1) == "." and self._is_initial(first - 2):
            first -= 2
        before = first - 2 if self._word(first - 1) == "." else first - 1
        return before if self._word(before) in words.TITLES_TAKEN else first


def find_people(text: str) -> Iterator[Span]:
    """Yield the names of people in `text`, in order."""
    yield from NameReader(text).find()


def read_words(text: str) -> tuple[list[Word], list[int]]:
    """Return the words, numbers and marks of `text` in order, and where each begins."""
    matches = list(_TOKEN.finditer(text))
    found = [match[0] for match in matches]
    known = {word: _look_up(word) for word in set(found)}
    return [known[word] for word in found], [match.start() for match in matches]


def _look_up(text: str) -> Word:
    if not text[0].isalpha():
        return Word(text, text[0] if not text[0].isalnum() else text, False, False, False)
    bare = plain(text) or text
    capital = text[0].isupper()
    named = capital or not is_everyday(bare) or is_word_name(bare)
    return Word(text, bare, capital, text.endswith(("'s", "’s")), named)


def is_shouted(tokens: Sequence[Word]) -> bool:
    """Return whether capitals mean nothing here, because (nearly) every word has them."""
    start = tokens[:SHOUT_SAMPLE_WORDS]
    longer = [token.text for token in start if len(token.text) > 2 and token.text[0].isalpha()]
    upper = sum(1 for word in longer if word.isupper())
    titled = sum(1 for word in longer if word[0].isupper())
    return len(longer) >= 4 and (upper > len(longer) * 0.7 or titled == len(longer))
