"""SEC-15: each package of the lock stands in the bill of materials, with hashes and licence."""

import json

from scripts.bill_of_materials import BILL, LOCK, locked

PARTS = ("name", "version", "hashes")


def test_the_bill_names_what_the_lock_names():
    billed = json.loads(BILL.read_text("utf-8"))["components"]
    expected = locked(LOCK.read_text("utf-8"))

    assert [{part: each[part] for part in PARTS} for each in billed] == [
        {part: each[part] for part in PARTS} for each in expected
    ], "run .venv/bin/python scripts/bill_of_materials.py"
    assert len(expected) > 50
    assert all(each["hashes"] and each["licenses"] for each in billed)
