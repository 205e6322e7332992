"""Putting cards into piles in a chat, one card at a time."""

from surveys.cards import CardSort, Pile, placed
from surveys.meant import choice_meant
from surveys.turns import State


def put(question: CardSort, state: State, said: str, language: str) -> State | None:
    """Return the state with the card shown now in the pile that `said` names.

    A pile is named by its code, its words, its emoji or its number. None if it is no pile.
    """
    card, pile = question.next_card(state.picks), _find_pile(question, said, language)
    if card is None or pile is None:
        return None
    return state.but(picks=(*state.picks, placed(card.code, pile.code)))


def say_pile(question: CardSort, state: State) -> str:
    """Return in words where the card sorted last was put."""
    return "✔️ " + question.in_words(state.picks[-1:])[0]


def _find_pile(question: CardSort, said: str, language: str) -> Pile | None:
    code = choice_meant(question.piles, said, language)
    return question.pile(code) if code is not None else None
