"""G7, Graded Care Profile: "sort 10 cards in bot with images + text alternative"."""

from surveys.definition import read_from_library
from tests.bot.running import open_survey
from voice.models import AnswerRow, Concern

CARDS = read_from_library("what_kids_need").questions[0].cards
SAFE = "🛡️ Feeling safe"


def test_a_child_sorts_ten_cards_each_with_its_picture_and_words(quick_bot, phone, api, store):
    open_survey(store, read_from_library("what_kids_need"))
    phone.come_in("what-kids-need")
    phone.press("Yes, let’s start")

    for place, card in enumerate(CARDS, start=1):
        phone.reads(f"Card {place} of 10: {card.in_words}")
        phone.press("I want more" if card.in_words == SAFE else "I have this")
    phone.reads("What makes you happy?")

    photos = [call.arguments["photo"] for call in api.called("sendPhoto")]
    assert len(set(photos)) == len(CARDS)
    assert all(photo.startswith(b"\x89PNG") for photo in photos)
    with store.reading() as session:
        (answer,) = session.query(AnswerRow).all()
        concerns = session.query(Concern).all()
    assert answer.values == [
        f"{card.code}.{'more' if card.code == 'safe' else 'enough'}" for card in CARDS
    ]
    assert len(concerns) == 1
    assert "0800 1111" in "".join(each.text for each in phone.screen)
