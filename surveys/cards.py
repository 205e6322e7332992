"""Cards to be put into piles, each with a picture and its words: "what kids need".

A card in a pile is kept as "card.pile"; neither code has a dot in it.
"""

from collections.abc import Sequence
from typing import Literal, Self

from pydantic import Field, model_validator

from surveys.question import CODE_PATTERN, PICTURE_PATTERN, Definition, Question

MOST_CARDS = 30
_BETWEEN = "."


class Pile(Definition):
    """A place to put cards in."""

    code: str = Field(pattern=CODE_PATTERN)
    label: str = Field(min_length=1)
    symbol: str = ""


class Card(Definition):
    """One thing to be put in a pile. The label says in words what the picture shows."""

    code: str = Field(pattern=CODE_PATTERN)
    label: str = Field(min_length=1)
    symbol: str = ""
    picture: str = Field(default="", pattern=PICTURE_PATTERN)
    worry_in: tuple[str, ...] = ()  # in these piles it means that somebody may need help

    @property
    def in_words(self) -> str:
        """The card as a chat says it."""
        return f"{self.symbol} {self.label}".strip()


class CardSort(Question):
    """Cards, each of which goes into one of a few piles."""

    kind: Literal["card_sort"]
    cards: tuple[Card, ...] = Field(min_length=2, max_length=MOST_CARDS)
    piles: tuple[Pile, ...] = Field(min_length=2, max_length=5)

    @model_validator(mode="after")
    def _codes_fit(self) -> Self:
        for codes in ([card.code for card in self.cards], [pile.code for pile in self.piles]):
            if twice := {code for code in codes if codes.count(code) > 1}:
                raise ValueError(f"code used twice: {', '.join(sorted(twice))}")
        piles = {pile.code for pile in self.piles}
        if strange := {code for card in self.cards for code in card.worry_in} - piles:
            raise ValueError(f"worry_in names no pile: {', '.join(sorted(strange))}")
        return self

    def pile(self, code: str) -> Pile | None:
        """Return the pile with this code, or None."""
        return next((pile for pile in self.piles if pile.code == code), None)

    def sorted_in(self, values: Sequence[str]) -> dict[str, str]:
        """Return the pile of each card, by their codes, in the order of the cards."""
        piles = dict(value.partition(_BETWEEN)[::2] for value in values)
        return {card.code: piles[card.code] for card in self.cards if card.code in piles}

    def next_card(self, values: Sequence[str]) -> Card | None:
        """Return the first card in no pile yet, or None when all are sorted."""
        done = self.sorted_in(values)
        return next((card for card in self.cards if card.code not in done), None)

    def worries(self, values: Sequence[str]) -> list[str]:
        """Return what was said of each card that lies in a pile that means danger."""
        done = self.sorted_in(values)
        worrying = [card for card in self.cards if done.get(card.code) in card.worry_in]
        return self.in_words([placed(card.code, done[card.code]) for card in worrying])

    def in_words(self, values: Sequence[str]) -> list[str]:
        """Return each sorted card with its pile, such as "Food: I have this"."""
        done = self.sorted_in(values)
        piles = {pile.code: pile.label for pile in self.piles}
        return [
            f"{card.label}: {piles.get(done[card.code], done[card.code])}"
            for card in self.cards
            if card.code in done
        ]


def placed(card: str, pile: str) -> str:
    """Return how it is kept that this card lies in this pile."""
    return f"{card}{_BETWEEN}{pile}"
