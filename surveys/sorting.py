"""Putting cards into piles in a chat, one card at a time."""

from surveys.cards import CardSort, Pile, placed
from surveys.turns import State
from surveys.typed import plain


def put(question: CardSort, state: State, said: str) -> State | None:
    """Return the state with the card shown now in the pile that `said` names.

    A pile is named by its code, its words, its emoji or its number. None if it is no pile.
    """
    card, pile = question.next_card(state.picks), _find_pile(question, said)
    if card is None or pile is None:
        return None
    return state.but(picks=(*state.picks, placed(card.code, pile.code)))


def take_back(state: State) -> State:
    """Return the state with the card sorted last in no pile again."""
    return state.but(picks=state.picks[:-1])


def say_pile(question: CardSort, state: State) -> str:
    """Return in words where the card sorted last was put."""
    return "✔️ " + question.in_words(state.picks[-1:])[0]


def _find_pile(question: CardSort, said: str) -> Pile | None:
    words = plain(said)
    if words.isascii() and words.isdigit():
        place = int(words[:4])
        return question.piles[place - 1] if 1 <= place <= len(question.piles) else None
    for pile in question.piles:
        if words and words in {plain(pile.label), plain(pile.symbol), pile.code}:
            return pile
    return None
