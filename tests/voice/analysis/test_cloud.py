"""Which words may stand in a cloud, and how many people say them."""

import pytest

from voice.analysis.cloud import count_words, may_stand


class TestAWord:
    @pytest.mark.parametrize("word", ["kindness", "bullying", "stable", "hope", "cyfeillgar"])
    def test_stands(self, word):
        assert may_stand(word)

    @pytest.mark.parametrize(
        "word",
        ["the", "to", "shitty", "bastards", "drugs", "raped", "knife", "daniel", "aylesbury"],
    )
    def test_does_not_stand(self, word):
        assert not may_stand(word)


class TestCounting:
    def test_counts_a_person_once_whatever_the_form(self):
        (friend,) = count_words(["Friends, friends and a friend", "My friends"])

        assert (friend.text, friend.people) == ("friends", 2)

    def test_leaves_out_every_form_of_what_an_officer_hid(self):
        assert count_words(["Friends talk"], hidden=["friend", "talking"]) == []

    def test_counts_nothing_that_masking_put_there(self):
        assert count_words(["[name] [school]"]) == []
