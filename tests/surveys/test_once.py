"""What follows from a definition is worked out once, and nothing that a person said is kept."""

import gc

from surveys.once import once_for_each


class Worked:
    """Counts how often it was worked out."""

    def __init__(self, *, most: int) -> None:
        self.times = 0
        self.length = once_for_each(most)(self._length)

    def _length(self, of: tuple[str, ...]) -> int:
        self.times += 1
        return len(of)


def test_the_very_same_value_is_worked_out_once():
    worked = Worked(most=5)
    value = tuple("abc")

    assert [worked.length(value), worked.length(value)] == [3, 3]
    assert worked.times == 1


def test_another_value_is_worked_out_for_itself_even_if_it_is_equal():
    worked = Worked(most=5)

    assert [worked.length(tuple("ab")), worked.length(tuple("ab"))] == [2, 2]
    assert worked.times == 2


def test_what_is_kept_lives_so_that_no_other_value_takes_its_place():
    worked = Worked(most=1_000)

    lengths = [worked.length(tuple("a" * size)) for size in range(200)]

    gc.collect()
    assert lengths == list(range(200))


def test_when_too_many_are_kept_all_are_let_go():
    worked = Worked(most=2)
    first, second, third = tuple("a"), tuple("bb"), tuple("ccc")

    lengths = [worked.length(each) for each in (first, second, third, first, third)]

    assert lengths == [1, 2, 3, 1, 3]
    assert worked.times == 4
