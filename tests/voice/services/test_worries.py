"""What says that somebody may need help, as counts: an option, or a card in a pile."""

import pytest

from tests.factories import make_consultation, make_response
from voice.services.worries import worries_in


class TestTheWorriesOfACardSort:
    def test_are_each_card_with_a_pile_that_means_danger(self, session, kids):
        assert [(each.question, each.option) for each in worries_in(session, kids)] == [
            ("Which pile does each card go in?", "Enough food: I want more of this"),
            ("Which pile does each card go in?", "Feeling safe: I want more of this"),
        ]

    def test_are_counted_by_who_put_the_card_there(self, session, kids):
        sorted_so = (["food.more", "safe.enough"], ["food.more", "play.more"], ["food.some"])
        for cards in sorted_so * 10:
            make_response(session, kids, needs=cards)

        food, safe = worries_in(session, kids)

        assert (food.count.text, safe.count.text) == ("20", "0")

    @pytest.fixture
    def kids(self, session):
        return make_consultation(session, survey="what_kids_need", slug="kids")
