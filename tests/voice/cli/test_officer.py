"""`voice officer add`: let somebody sign in."""

import pytest

from tests.conftest import NOON
from tests.factories import PASSPHRASE
from tests.voice.themed import make_officer
from voice.models import SecondStep
from voice.services.officers import list_officers


class TestAddingAnOfficer:
    def test_lets_them_sign_in(self, voice, store):
        result = _add(voice, "Ann@Council.Example", PASSPHRASE)

        assert result.exit_code == 0, result.output
        with store.reading() as session:
            assert [each.email for each in list_officers(session)] == ["ann@council.example"]

    def test_twice_is_refused(self, voice, store):
        _add(voice, "ann@council.example", PASSPHRASE)

        result = _add(voice, "ann@council.example", PASSPHRASE)

        assert result.exit_code == 1
        assert "already" in result.output

    @pytest.mark.parametrize(
        ("email", "passphrase", "says"),
        [
            pytest.param("ann", PASSPHRASE, "no e-mail", id="no e-mail address"),
            pytest.param("a@b.example", "x" * 14, "15 characters", id="one character too few"),
        ],
    )
    def test_says_what_is_wrong_with(self, voice, store, email, passphrase, says):
        result = _add(voice, email, passphrase)

        assert result.exit_code == 1
        assert says in result.output


def _add(voice, email, passphrase):
    return voice("officer", "add", email, "--team", "families", "--passphrase", passphrase)


class TestResettingASecondStep:
    def test_takes_the_lost_phone_away(self, voice, store):
        with store.writing() as session:
            lost = make_officer(session)
            step = SecondStep(officer_id=lost.id, secret_sealed="sealed", last_used=1,
                              begun_at=NOON, confirmed_at=NOON)  # fmt: skip
            session.add(step)

        assert voice("officer", "reset-second-step", lost.email).exit_code == 0

        with store.reading() as session:
            assert session.get(SecondStep, lost.id) is None

    def test_of_nobody_is_an_error(self, voice, store):
        assert voice("officer", "reset-second-step", "nobody@example.org").exit_code == 1
