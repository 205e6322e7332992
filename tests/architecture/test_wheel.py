"""The wheel holds everything the service reads at run time, and nothing of the tests."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class TestTheWheel:
    @pytest.mark.parametrize(
        "name",
        [
            pytest.param("voice/templates/layouts/base.html", id="templates"),
            pytest.param("voice/migrations/env.py", id="migrations"),
            pytest.param("voice/static/voice.css", id="styles"),
            pytest.param("surveys/library/early_help_2017.yaml", id="surveys"),
            pytest.param("surveys/library/demonstration/hmip_viewpoint.yaml", id="demonstration"),
            pytest.param("bot/__main__.py", id="the bot"),
        ],
    )
    def test_holds_the(self, names, name):
        assert name in names

    def test_holds_every_template_and_migration(self, names):
        wanted = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "migrations").rglob("0*.py")]

        assert {f"voice/{path.relative_to(ROOT)}" for path in wanted} <= names

    def test_holds_every_lexicon(self, names):
        wanted = (ROOT / "voice" / "analysis").rglob("lexicons/*")

        assert {str(path.relative_to(ROOT)) for path in wanted if path.is_file()} <= names

    def test_holds_no_tests(self, names):
        assert not [name for name in names if name.startswith("tests")]


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """The names of the files in a wheel built now, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())
