"""The personal code: read however it is typed, and no slip of a letter goes unseen."""

import pytest

from surveys.personal_codes import read_personal_code
from tests.conftest import SECRET
from voice.services import keys

CODE = keys.personal_code_from(SECRET, "one press")


class TestAPersonalCode:
    def test_is_ten_letters_and_numbers_without_lookalikes(self):
        letters = CODE.replace("-", "")

        assert len(letters) == 10
        assert set("AEIOU01258SL") & set(letters) == set()

    def test_is_the_same_for_the_same_press_and_another_for_the_next(self):
        assert keys.personal_code_from(SECRET, "one press") == CODE
        assert keys.personal_code_from(SECRET, "another press") != CODE
        assert keys.personal_code_from("another secret", "one press") != CODE

    @pytest.mark.parametrize("typed", [CODE.lower(), CODE.replace("-", " "), f"  {CODE} "])
    def test_is_read_however_it_is_typed(self, typed):
        assert read_personal_code(typed) == CODE.replace("-", "")

    def test_gives_every_wrong_letter_away(self):
        plain = CODE.replace("-", "")
        wrong = [
            f"{plain[:place]}{letter}{plain[place + 1 :]}"
            for place in range(len(plain))
            for letter in "BCDFGHJKMNPQRTVWXYZ3479"
            if letter != plain[place]
        ]

        assert len(wrong) == 220
        assert [each for each in wrong if read_personal_code(each)] == []

    def test_gives_every_two_letters_in_wrong_order_away(self):
        plain = CODE.replace("-", "")
        swapped = [
            "".join(plain[{one: other, other: one}.get(place, place)] for place in range(10))
            for one in range(10)
            for other in range(one)
            if plain[one] != plain[other]
        ]

        assert swapped
        assert [each for each in swapped if read_personal_code(each)] == []

    @pytest.mark.parametrize("typed", ["", "K7M", "ÄÄÄ-ÄÄÄ-ÄÄÄÄ", "O0I1-LLLLLL", "7K3M-9QX2"])
    def test_is_nothing_else(self, typed):
        assert read_personal_code(typed) == ""
