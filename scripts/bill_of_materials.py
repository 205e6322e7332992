"""Write docs/sbom.json: every package that the service runs with, in CycloneDX 1.6 (SEC-15).

    .venv/bin/python scripts/bill_of_materials.py

Names, versions and hashes are those of requirements.lock; licences are what the installed packages
say of themselves. A test fails while the file is behind the lock.
"""

import json
import re
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCK, BILL = ROOT / "requirements.lock", ROOT / "docs" / "sbom.json"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")

Component = dict[str, Any]


def locked(lock: str) -> list[Component]:
    """Return each package of a lock file with its version and the hashes that may be installed."""
    found: list[Component] = []
    for line in lock.splitlines():
        if pinned := _PINNED.match(line):
            name, version = pinned[1].lower(), pinned[2]
            purl = f"pkg:pypi/{name}@{version}"
            found.append({"type": "library", "bom-ref": purl, "name": name, "version": version,
                          "purl": purl, "hashes": []})  # fmt: skip
        for content in _HASH.findall(line):
            found[-1]["hashes"].append({"alg": "SHA-256", "content": content})
    return found


def licence_of(name: str) -> str:
    """Return what an installed package says of its licence; "NOASSERTION" where none is said."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:  # locked for another kind of machine
        return "NOASSERTION"
    classified = [each for each in told.get_all("Classifier") or [] if each.startswith("License")]
    said = (
        told.get("License-Expression"),
        *(each.rpartition(":: ")[2] for each in classified),
        (told.get("License") or "").partition("\n")[0],
    )
    return next((each for each in said if each), "NOASSERTION")


def bill(lock: str) -> dict[str, Any]:
    """Return the whole bill for a lock file's text."""
    components = locked(lock)
    for each in components:
        each["licenses"] = [{"license": {"name": licence_of(each["name"])}}]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "voice"}},
        "components": components,
    }


if __name__ == "__main__":
    BILL.write_text(json.dumps(bill(LOCK.read_text("utf-8")), indent=1) + "\n", "utf-8")
