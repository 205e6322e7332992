"""What stands beside the themes: what goes together, for and against, the serious few, and keys."""

import pytest

from voice.analysis.seriousness import SERIOUS_FROM, weigh
from voice.analysis.stability import Known, match_themes
from voice.analysis.stance import Stance, asked_for, refers_back, stance_of
from voice.analysis.together import find_together


class TestWhatGoesTogether:
    def test_is_what_the_same_people_raise_beyond_chance(self):
        (pair,) = find_together(self.raised(both=20), base=100)

        assert (pair.one, pair.other, pair.both, pair.expected) == ("bus", "cost", 20, 9.0)
        assert 0 < pair.low < pair.excess < pair.high

    def test_is_not_what_chance_explains(self):
        assert find_together(self.raised(both=9), base=100) == ()

    def test_is_not_told_of_fewer_than_five(self):
        few = {"bus": set("abcd"), "cost": set("abcd")}

        assert find_together(few, base=1_000) == ()

    def test_needs_more_where_many_pairs_are_compared(self):
        others = {f"t{number}": {f"x{number}"} for number in range(60)}
        raised = self.raised(both=14)

        assert find_together(raised, base=100) != ()
        assert find_together(raised | others, base=100) == ()

    def raised(self, both):
        """Thirty people raise either, `both` of them the two."""
        people = [str(number) for number in range(100)]
        return {"bus": set(people[:30]), "cost": set(people[30 - both : 60 - both])}


class TestAStance:
    @pytest.mark.parametrize(
        ("label", "stance"),
        [
            ("Strongly agree", Stance.FOR),
            ("Tend to disagree", Stance.AGAINST),
            ("Neither agree nor disagree", Stance.NEITHER),
            ("Yes", Stance.FOR),
            ("No", Stance.AGAINST),
            ("No opinion", Stance.NEITHER),
            ("Don't know", Stance.NEITHER),
            ("Very poor", Stance.AGAINST),
            ("11 to 15", None),
            ("North", None),
        ],
    )
    def test_is_that_of_an_option(self, label, stance):
        assert stance_of(label) is stance

    @pytest.mark.parametrize(
        ("question", "stance"),
        [
            ("What has worked well?", Stance.FOR),
            ("What could be better?", Stance.AGAINST),
            ("What should change?", Stance.AGAINST),
            ("What would you like to change?", Stance.AGAINST),
            ("What did not go well?", Stance.AGAINST),
            ("What works well and what could be better?", None),
            ("What would you like us to know?", None),
            ("What is important to you?", None),
        ],
    )
    def test_is_given_by_a_question_only_where_it_asks_for_one_side(self, question, stance):
        assert asked_for(question) is stance

    def test_is_linked_by_asking_why(self):
        assert refers_back("Please tell us why you say so")
        assert not refers_back("What would you like to add about buses?")


class TestSeriousWords:
    @pytest.mark.parametrize(
        "text", ["The ramp is unsafe", "Racist remarks at the desk", "Mould all over the hall"]
    )
    def test_are_noticed(self, text):
        assert weigh(text) >= SERIOUS_FROM

    @pytest.mark.parametrize(
        "text", ["More buses please", "There was no accident", "It is not dangerous", "Awful tea"]
    )
    def test_are_not_seen_where_nothing_serious_is_said(self, text):
        assert weigh(text) < SERIOUS_FROM


class TestKeys:
    def test_stay_with_the_people_and_the_words(self):
        found = [known("t1", "3456", "park swings"), known("t2", "012", "late bus")]
        named = [known("bus", "012", "bus late"), known("park", "3456", "dirty park")]

        assert match_themes(found, named) == {"t1": "park", "t2": "bus"}

    def test_stay_when_a_days_answers_come_in(self):
        found = [known("t1", "012abcdefgh", "late bus")]

        assert match_themes(found, [known("bus", "012", "late bus")]) == {"t1": "bus"}

    def test_are_given_to_one_theme_only(self):
        found = [known("t1", "0123", "bus"), known("t2", "45", "bus")]

        assert match_themes(found, [known("bus", "012345", "bus")]) == {"t1": "bus"}

    def test_are_not_given_to_what_is_new(self):
        assert match_themes([known("t1", "89", "library")], [known("bus", "012", "bus")]) == {}

    def test_do_not_depend_on_the_order(self):
        found = [known("t1", "01", "bus"), known("t2", "23", "bus")]
        named = [known("a", "01", "bus"), known("b", "23", "bus")]

        assert match_themes(found, named) == match_themes(found[::-1], named[::-1])

    def test_are_none_before_anything_was_named(self):
        assert match_themes([known("t1", "0", "bus")], []) == {}


def known(key, members, words):
    """Return a theme with a member for each letter."""
    return Known(key, frozenset(members), frozenset(words.split()))
