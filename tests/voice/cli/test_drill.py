"""`voice drill`: a disclosure and an erasure, played to a page that an inspector can read."""

import pytest
from click.testing import CliRunner

from voice.cli.drill import drill
from voice.reports.drill import Act, Step, drill_page
from voice.services import escalating


@pytest.fixture
def played(tmp_path):
    """Play the drill beside a council's own store; what it printed, and its page."""

    def played():
        page = tmp_path / "drill.html"
        environment = {"VOICE_HOME": str(tmp_path / "council")}
        result = CliRunner(env=environment).invoke(drill, ["--out", str(page)])
        return result, page.read_text(encoding="utf-8")

    return played


class TestTheDrill:
    def test_plays_a_disclosure_to_the_closed_record_and_an_erasure_to_its_proof(
        self, played, tmp_path
    ):
        result, page = played()

        assert result.exit_code == 0, result.output
        assert "Every step kept its promise." in page
        assert "12 of 12 steps played" in page
        assert "5 of 5 steps played" in page
        assert "told the duty team" in page
        assert "referral FR-DRILL-1" in page
        assert "in none of them" in page
        assert [each.name for each in tmp_path.iterdir()] == ["drill.html"]  # no other store

    def test_fails_loudly_at_the_step_that_breaks_its_promise(self, played, monkeypatch):
        monkeypatch.setattr(escalating, "send_due", lambda *_, **__: 0)

        result, page = played()

        assert result.exit_code == 1
        assert "FAILED" in result.output
        assert "told were: nobody" in page
        assert "5 of 12 steps played" in page
        assert "Every step kept its promise." not in page


def test_a_page_says_no_where_a_promise_was_broken(now):
    act = Act("A disclosure", (Step("It is told", "told were: <b>nobody</b>", 3.0, False),), 2)

    page = drill_page([act], version="8.x", at=now)

    assert "A step FAILED" in page
    assert "&lt;b&gt;nobody" in page
    assert "NOT KEPT" in page
