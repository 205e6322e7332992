"""`voice consultation open`: a council's own first consultation."""

import pytest

from voice.services.consultations import find_by_slug

HELPLINES = """
helplines:
- {name: First Response, number: 01296 383962, serves: [first_response]}
- {name: First Response at night, number: 0800 999 7677, serves: [out_of_hours]}
"""
NO_DAY = HELPLINES.replace("[first_response]", "[]")
NO_NIGHT = HELPLINES.replace("[out_of_hours]", "[]")
LEAD = "safety: {lead: lead@council.example}\n"


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

    @pytest.mark.parametrize(
        ("named", "lacks"),
        [
            pytest.param("", "the helpline of First Response", id="nothing"),
            pytest.param(
                HELPLINES.replace("[first_response]", "[]") + LEAD, "First Response", id="1"
            ),
            pytest.param(f"{NO_DAY}{LEAD}", "helpline of First Response", id="no line by day"),
            pytest.param(f"{NO_NIGHT}{LEAD}", "out of hours", id="no line at night"),
            pytest.param(HELPLINES, "the safeguarding lead", id="no lead"),
        ],
    )
    def test_for_children_waits_for_the_lines_and_the_lead(self, voice, home, named, lacks):
        """SAF-2."""
        (home / "council.yaml").write_text(named, encoding="utf-8")
        refused = _open(voice, "hmip_viewpoint")
        (home / "council.yaml").write_text(HELPLINES + LEAD, encoding="utf-8")

        assert refused.exit_code == 1
        assert lacks in refused.output
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
