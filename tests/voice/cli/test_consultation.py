"""`voice consultation open`: a council's own first consultation."""

import pytest

from voice.services.consultations import find_by_slug

HELPLINES = "helplines:\n- {name: First Response, number: '01296 383962'}\n"


class TestOpeningAConsultation:
    def test_makes_it_answerable_until_the_last_minute_of_its_last_day(self, voice, store):
        result = _open(voice, "yos_victim_feedback")

        assert result.exit_code == 0, result.output
        assert "23:59 on Sunday 1 June 2098 (UK time)" in result.output
        with store.reading() as session:
            assert find_by_slug(session, "ours").team == "families"

    def test_of_a_file_of_the_councils_own_works_as_well(self, voice, store, home):
        written = home / "ours.yaml"
        written.write_text(OWN, encoding="utf-8")

        assert _open(voice, str(written)).exit_code == 0

    def test_twice_at_one_address_is_refused(self, voice, store):
        _open(voice, "yos_victim_feedback")

        result = _open(voice, "yos_victim_feedback")

        assert result.exit_code == 1
        assert "already" in result.output

    def test_for_children_waits_for_the_helplines(self, voice, store, home):
        refused = _open(voice, "hmip_viewpoint")
        (home / "council.yaml").write_text(HELPLINES, encoding="utf-8")

        assert refused.exit_code == 1
        assert "helplines" in refused.output
        assert _open(voice, "hmip_viewpoint").exit_code == 0

    @pytest.mark.parametrize("closes", ["yesterday", "2020-01-01"])
    def test_refuses_a_last_day_that_is_none_or_past(self, voice, store, closes):
        assert _open(voice, "yos_victim_feedback", closes=closes).exit_code != 0


OWN = """
code: ours
title: Our park
about: {what: The park., why: To plan., who_for: All., minutes: 2, what_happens: We read it., \
who_reads: The parks team.}
questions:
  - {code: idea, kind: free_text, text: What would you change?}
"""


def _open(voice, survey, *, closes="2098-06-01"):
    words = ("--slug", "ours", "--team", "families", "--closes", closes)
    return voice("consultation", "open", survey, *words)
