"""Settings: safe by default, refused when unsafe, and each refusal says the cure."""

import stat

import pytest

from voice.config import MIN_SECRET_CHARS, read_council, read_settings, warning_of
from voice.errors import SettingsError

TOKEN = {"VOICE_TELEGRAM_TOKEN": "1:token"}
LONG_SECRET = "q7Zr-0aLx-93bn-Vk2m-Xc8p-Td5w-Hs1j"


class TestTheSecretKey:
    """SEC-13."""

    def test_is_made_on_the_first_run_for_its_owner_only(self, tmp_path):
        read_settings({"VOICE_HOME": str(tmp_path)})

        made = tmp_path / "secret.key"
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
        assert len(made.read_text()) >= MIN_SECRET_CHARS

    def test_is_the_same_on_the_second_run(self, tmp_path):
        first = read_settings({"VOICE_HOME": str(tmp_path)}).secret_key

        assert read_settings({"VOICE_HOME": str(tmp_path)}).secret_key == first

    @pytest.mark.parametrize(
        "key",
        [
            pytest.param("", id="empty"),
            pytest.param("changeme", id="a default"),
            pytest.param(LONG_SECRET[: MIN_SECRET_CHARS - 1], id="one character short"),
            pytest.param("changeme" * 8, id="a default over and over"),
        ],
    )
    def test_is_refused_when_it_is_no_secret(self, tmp_path, key):
        with pytest.raises(SettingsError, match="token_urlsafe"):
            read_settings({"VOICE_HOME": str(tmp_path), "VOICE_SECRET_KEY": key})

    def test_is_taken_from_the_environment_without_a_file(self, tmp_path):
        given = LONG_SECRET

        found = read_settings({"VOICE_HOME": str(tmp_path), "VOICE_SECRET_KEY": given})

        assert found.secret_key == given
        assert not (tmp_path / "secret.key").exists()

    def test_does_not_show_when_settings_are_printed(self, tmp_path):
        environment = {"VOICE_HOME": str(tmp_path), "VOICE_TELEGRAM_TOKEN": "1234:canary-token"}

        found = read_settings(environment)

        assert found.secret_key not in repr(found)
        assert "canary" not in repr(found)


class TestANumber:
    def test_that_is_none_is_refused_by_its_name(self, tmp_path):
        environment = {"VOICE_HOME": str(tmp_path), "VOICE_TELEGRAM_PORT": "many"}

        with pytest.raises(SettingsError, match="VOICE_TELEGRAM_PORT"):
            read_settings(environment)


class TestTheCouncilsOwnParticulars:
    def test_are_bare_without_a_file(self, tmp_path):
        assert read_council(tmp_path / "council.yaml").own_helplines == ()

    def test_hold_its_helplines_between_the_national_ones(self, tmp_path):
        written = tmp_path / "council.yaml"
        written.write_text("name: Bucks\nhelplines:\n- {name: First Response, number: '01296'}\n")

        found = read_council(written)

        assert [each.name for each in found.helplines][:3] == [
            "Emergency",
            "First Response",
            "Childline",
        ]

    @pytest.mark.parametrize(
        ("written", "says"),
        [
            pytest.param("nmae: Bucks", "nmae", id="a misspelt key"),
            pytest.param("helplines: [{name: x}]", "number", id="a helpline without a number"),
            pytest.param("name: [", "YAML", id="no YAML"),
            pytest.param("kept_months: 2", "kept_months: .* 3$", id="kept too short"),
            pytest.param("kept_months: 73", "kept_months: .* 72$", id="kept too long"),
            pytest.param("kept_months: a year", "kept_months: .* integer", id="kept in words"),
            pytest.param("kept_months: true", "kept_months: .* integer", id="kept for ever"),
        ],
    )
    def test_are_refused_with_the_place_of(self, tmp_path, written, says):
        path = tmp_path / "council.yaml"
        path.write_text(written)

        with pytest.raises(SettingsError, match=says):
            read_council(path)


class TestAnAddressThatIsMissing:
    def test_is_told_with_the_file_and_what_to_write(self, tmp_path):
        told = warning_of(read_settings({"VOICE_HOME": str(tmp_path)} | TOKEN))

        assert "`address`" in told
        assert str(tmp_path / "council.yaml") in told
        assert "address: https://" in told

    def test_is_no_matter_without_a_chat_on_telegram(self, tmp_path):
        assert warning_of(read_settings({"VOICE_HOME": str(tmp_path)})) == ""

    def test_is_not_told_where_it_is_set(self, tmp_path):
        (tmp_path / "council.yaml").write_text("address: https://voice.example", "utf-8")

        assert warning_of(read_settings({"VOICE_HOME": str(tmp_path)} | TOKEN)) == ""
