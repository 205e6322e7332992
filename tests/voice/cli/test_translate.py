"""A survey goes out to a translator as a workbook, and comes back whole or not at all."""

import io
import shutil
import zipfile

import pytest
from click.testing import CliRunner

from surveys.definition import LIBRARY, read_from_library, read_survey_file
from surveys.places import untranslated
from voice.cli.survey import survey as command
from voice.services import workbooks
from voice.services.workbooks import Column, WorkbookError, read_workbook, write_workbook


class TestAWorkbookForATranslator:
    def test_comes_back_with_every_text(self, folder):
        assert run("export", folder / "play.yaml", "cy").exit_code == 0
        rows = read_workbook((folder / "play.cy.xlsx").read_bytes())
        filled = [rows[0], *([*row[:3], f"cy: {row[2]} “=1+1”"] for row in rows[1:])]

        done = run("import", folder / "play.yaml", "cy", save(folder, filled))

        assert done.exit_code == 0, done.output
        survey = read_survey_file(folder / "play.yaml")
        assert untranslated(survey, "cy") == {}
        assert survey.translation("cy").texts["title"] == f"cy: {survey.title} “=1+1”"

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            pytest.param(lambda rows: rows[1:], "the columns must be", id="no header"),
            pytest.param(lambda rows: rows[:-1], "is missing", id="a row gone"),
            pytest.param(lambda rows: [*rows, rows[-1]], "there twice", id="a row twice"),
            pytest.param(
                lambda rows: [*rows[:-1], ["no.place", *rows[-1][1:]]], "is no place", id="a code"
            ),
            pytest.param(
                lambda rows: [*rows[:-1], [*rows[-1][:3], " "]], "is not translated", id="a gap"
            ),
            pytest.param(
                lambda rows: [*rows[:-1], [*rows[-1][:2], "New?", "x"]], "has changed", id="old"
            ),
        ],
    )
    def test_is_refused_whole_when_something_is_wrong(self, folder, change, said):
        run("export", folder / "play.yaml", "cy")
        rows = read_workbook((folder / "play.cy.xlsx").read_bytes())
        filled = change([rows[0], *([*row[:3], "cy"] for row in rows[1:])])

        done = run("import", folder / "play.yaml", "cy", save(folder, filled))

        assert done.exit_code == 1
        assert said in done.output
        assert not (folder / "play.cy.yaml").exists()

    @pytest.fixture
    def folder(self, tmp_path):
        shutil.copy(LIBRARY / "chelseas_choice_2015.yaml", tmp_path / "play.yaml")
        assert read_from_library("chelseas_choice_2015").languages == ("en", "cy", "pl", "ur")
        return tmp_path


class TestAnyOtherFile:
    @pytest.mark.parametrize(
        "packed", [b"", b"PK", b"\xff" * 100, b"Question,Answer\n1,2\n"], ids=str
    )
    def test_is_no_workbook(self, packed):
        with pytest.raises(WorkbookError, match=r"\.xlsx"):
            read_workbook(packed)

    def test_is_refused_when_it_would_grow_out_of_bounds(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b" " * (workbooks.MAX_UNPACKED_BYTES + 1))

        assert len(packed.getvalue()) < 100_000
        with pytest.raises(WorkbookError, match="larger inside"):
            read_workbook(packed.getvalue())

    def test_may_not_name_itself_for_ever(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("xl/worksheets/sheet1.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>')

        with pytest.raises(WorkbookError, match="no workbook needs"):
            read_workbook(packed.getvalue())


def run(*words):
    return CliRunner().invoke(command, ["translate", *map(str, words)])


def save(folder, rows):
    columns = [Column(name) for name in ("a", "b", "c", "d")]
    path = folder / "filled.xlsx"
    packed = write_workbook([Column(name) for name in rows[0]] if rows else columns, rows[1:])
    path.write_bytes(packed)
    return path
