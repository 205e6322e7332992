"""A council's colours are looked at before people have to."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from voice.cli.brand import brand
from voice.services.branding import EVERYBODY, YOUNG, contrast, faults_in_brand

ASSETS = Path(__file__).parents[3] / "assets"


class TestContrast:
    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [("#000", "#ffffff", 21.0), ("#777777", "#fff", 4.48), ("rgb(0, 0, 0)", "#000000", 1.0)],
    )
    def test_is_that_of_the_guidelines(self, one, other, expected):
        assert contrast(one, other) == pytest.approx(expected, abs=0.005)


class TestACouncilsColours:
    def test_are_sound_as_they_come(self):
        assert faults_in_brand("") == []

    @pytest.mark.parametrize(("name", "usual"), [("_brand.scss", EVERYBODY), ("young.scss", YOUNG)])
    def test_are_known_here_as_the_stylesheets_set_them(self, name, usual):
        text = (ASSETS / name).read_text("utf-8")

        assert {
            variable: value
            for variable, value in re.findall(r"(--voice-[a-z-]+): (#[0-9a-f]{6});", text)
            if variable in usual
        }.items() <= usual.items()

    def test_are_named_where_they_cannot_be_read(self):
        (first, *_) = faults_in_brand(":root { --voice-brand: #ffee88; }")

        assert "--voice-brand-text (#ffffff) on --voice-brand (#ffee88)" in first.message
        assert "needs 4.5 : 1" in first.message

    def test_of_young_people_are_looked_at_too(self):
        faults = faults_in_brand(".audience-young { --voice-button: pink }")

        assert {fault.where for fault in faults} == {"young people's pages"}
        assert "write it as #rrggbb" in faults[0].message

    def test_fail_the_command(self, tmp_path):
        (tmp_path / "ours.css").write_text(":root { --voice-link: #aaaaaa }", "utf-8")

        done = CliRunner().invoke(brand, ["check", str(tmp_path / "ours.css")])

        assert done.exit_code == 1
        assert "--voice-link (#aaaaaa) on page (#ffffff)" in done.output
