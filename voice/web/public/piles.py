"""Pictures on a page, and cards that are put into piles: one group of buttons a card."""

from functools import lru_cache
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from surveys.answers import storable
from surveys.cards import CardSort, placed
from voice.resources import find_picture


def picture_address(name: str) -> str:
    """Return the address of a picture; empty if there is none of this name."""
    return url_for("static", filename=f"pictures/{name}") if name and _is_there(name) else ""


@lru_cache(maxsize=1_000)
def _is_there(name: str) -> bool:
    return find_picture(name) is not None


def read_piles(question: CardSort, form: MultiDict[str, str]) -> tuple[str, ...]:
    """Return the pile chosen for each card that has one."""
    chosen = ((card.code, form.get(_field(question, card.code), "")) for card in question.cards)
    return tuple(placed(card, storable(pile)) for card, pile in chosen if pile.strip())


def draw_cards(question: CardSort, values: tuple[str, ...]) -> dict[str, Any]:
    """Return the cards as components/card_sort.html draws them."""
    done = question.sorted_in(values)
    return {
        "cards": [
            {
                "name": _field(question, card.code),
                "label": card.label,
                "symbol": card.symbol,
                "picture": picture_address(card.picture),
                "chosen": done.get(card.code),
            }
            for card in question.cards
        ],
        "piles": [(pile.code, pile.label, None, pile.symbol) for pile in question.piles],
    }


def _field(question: CardSort, card: str) -> str:
    """Return the name of the field for one card; no code has a hyphen."""
    return f"{question.code}-{card}"
