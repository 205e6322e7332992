"""Details that could tell who wrote something."""

import pytest

from voice.analysis.details import could_tell_who


class TestADetail:
    @pytest.mark.parametrize(
        "words",
        [
            pytest.param("I am 14 and the buses are late", id="an age"),
            pytest.param("my 7-year-old waited for hours", id="a child's age"),
            pytest.param("As a mum, I am the only foster carer here", id="what somebody is"),
            pytest.param("The bus was late on 3rd May", id="a day"),
            pytest.param("It was in September", id="a month"),
            pytest.param("I paid £2 too much", id="a sum"),
            pytest.param("Bus 380 is late", id="a number"),
            pytest.param("The bus to Quainton is late", id="a place"),
            pytest.param("They know nothing of phenylketonuria", id="a rare word"),
        ],
    )
    def test_is_seen(self, words):
        assert could_tell_who(words)

    @pytest.mark.parametrize(
        "words",
        [
            "The bus to school is always late.",
            "Buses are late. Nobody told us why!",
            "[name] says more buses please",
            "CAMHS took 6 months to write",
            "My social worker is kind and always listens",
            "More consistant staff please, its apalling",
            "I told MOMO what I think",
        ],
    )
    def test_is_not_seen_in_what_anybody_might_write(self, words):
        assert not could_tell_who(words)

    def test_is_none_where_many_people_use_the_word(self):
        assert could_tell_who("The Quainton bus is late, the one to Quainton")
        assert not could_tell_who("The bus to Quainton is late", usual=["Quainton"])
