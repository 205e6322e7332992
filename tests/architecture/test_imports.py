"""The arrows between the rooms, as pyproject.toml draws them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


class TestTheArrows:
    def test_point_only_where_the_contracts_let_them(self):
        linter = Path(sys.executable).parent / "lint-imports"

        checked = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)

        assert checked.returncode == 0, checked.stdout + checked.stderr
