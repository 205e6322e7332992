"""Which test holds which promise: read off the tests, and written as docs/promises.md.

A test holds a promise when its docstring, its class's or its file's names it, as in `SAF-3` or
`CON-1 to CON-4`. `python -m tests.architecture.promises` writes the page anew.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
PAGE, SENTENCES = ROOT / "docs" / "promises.md", ROOT / "docs" / "promises.yaml"
ROOMS = {
    "REL": "Nothing lost, nothing twice",
    "SEC": "Security",
    "PRI": "Privacy",
    "SAF": "Safeguarding",
    "CON": "Consultation law and published numbers",
    "ACC": "Access",
}
_NAME = re.compile(rf"\b({'|'.join(ROOMS)})-(\d+)(?: to \1-(\d+))?\b")
_HEAD = """# What the service promises, and the tests that hold it

Made from `docs/promises.yaml` and the tests' own docstrings by
`python -m tests.architecture.promises`; a test fails while this page is not current. A test shows
what it says, and a promise may ask for more: what we know to be missing stands with it.
"""

Promise = dict[str, str]
Documented = ast.Module | ast.ClassDef | ast.FunctionDef


def read_promises() -> list[Promise]:
    """Return every promise in its order: its name, its sentence, and what is missing."""
    found: list[Promise] = YAML(typ="safe").load(SENTENCES.read_text("utf-8"))
    return found


def held_by_tests() -> dict[str, list[str]]:
    """Return the tests that name each promise, as pytest calls them."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node, words in _named(ast.parse(path.read_text("utf-8"))):
            called = "::".join((str(path.relative_to(ROOT)), *node))
            for name in _names_in(words):
                found.setdefault(name, []).append(called)
    return found


def _named(node: Documented, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give each file, class and test with its docstring."""
    yield above, ast.get_docstring(node) or ""
    for each in node.body:
        if isinstance(each, ast.ClassDef | ast.FunctionDef) and each.name.lower()[:4] == "test":
            yield from _named(each, (*above, each.name))


def _names_in(words: str) -> set[str]:
    return {
        f"{room}-{number}"
        for room, first, last in _NAME.findall(words)
        for number in range(int(first), int(last or first) + 1)
    }


def page() -> str:
    """Return docs/promises.md as it should be: what is not kept, kept in part, and kept."""
    held, promises = held_by_tests(), read_promises()
    without = [each for each in promises if each["name"] not in held]
    in_part = [each for each in promises if each["name"] in held and "missing" in each]
    kept = [each for each in promises if each["name"] in held and "missing" not in each]
    parts = [_HEAD, f"## Not yet kept, or no test says so ({len(without)})\n"]
    parts += [_entry(each, []) for each in without]
    parts += [f"## Kept in part ({len(in_part)})\n"]
    parts += [_entry(each, held[each["name"]]) for each in in_part]
    parts += [f"## Held by tests ({len(kept)})\n"]
    for room, heading in ROOMS.items():
        theirs = [each for each in kept if each["name"].startswith(room)]
        parts += [f"### {heading}\n"] if theirs else []
        parts += [_entry(each, held[each["name"]]) for each in theirs]
    return "\n".join(parts)


def _entry(promise: Promise, tests: list[str]) -> str:
    missing = f" *Missing: {promise['missing']}*" if "missing" in promise else ""
    lines = [f"**{promise['name']}** {promise['sentence']}{missing}", ""]
    lines += [f"- `{each}`" for each in tests]
    return "\n".join(lines + ([""] if tests else []))


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
