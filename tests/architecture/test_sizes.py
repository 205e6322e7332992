"""How long a file and a function may be, how much it may ask for, and the words we do without."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("surveys", "voice", "bot", "tests")
MAX_FILE_LINES = 400
MAX_TEST_FILE_LINES = 600
MAX_FUNCTION_LINES = 40
MAX_ARGUMENTS = 6
MAX_MODULES_IMPORTED = 12
BANNED = frozenset(
    {"data", "info", "item", "items", "object", "objects", "manager", "managers"}
    | {"handler", "handlers", "helper", "helpers", "util", "utils", "common", "misc"}
    | {"process", "do"}
)
# Names that Python's own library and SQLAlchemy ask for.
IMPOSED = frozenset(
    {"do_GET", "do_POST", "do_HEAD", "do_PUT", "do_DELETE", "handle_data"}
    | {"process_bind_param", "process_result_value"}
)
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
PRODUCT = [path for path in FILES if path.relative_to(ROOT).parts[0] != "tests"]

# The files whose work is to put all the rooms, or all the tables, together.
ASSEMBLIES = (ROOT / "voice" / "app.py", ROOT / "voice" / "models" / "__init__.py")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def named(paths):
    """Return one case for each file, called by its path."""
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in paths]


def functions(tree: ast.AST) -> Iterator[Function]:
    """Yield every function and method in the file, however deep."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def arguments(function: Function) -> list[str]:
    """Return the names a caller may fill in, without self and cls."""
    given = function.args
    named_arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return [one.arg for one in named_arguments if one.arg not in ("self", "cls")]


def modules_leant_on(tree: ast.Module) -> set[str]:
    """Return what the file imports at its top: our modules one by one, other people's by package.

    The standard library is left out: leaning on it costs a reader nothing.
    """
    names = {one.name for node in tree.body if isinstance(node, ast.Import) for one in node.names}
    names |= {str(node.module) for node in tree.body if isinstance(node, ast.ImportFrom)}
    packages = {name: name.partition(".")[0] for name in names}
    return {
        name if package in ROOMS else package
        for name, package in packages.items()
        if package not in sys.stdlib_module_names
    }


def banned_parts(name: str) -> set[str]:
    """Return the words we do without that are part of `name`, be it snake_case or CamelCase."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return set() if name in IMPOSED else {part.lower() for part in parts} & BANNED


class TestEveryFile:
    @pytest.mark.parametrize("path", named(FILES))
    def test_is_short_enough_to_read_in_one_go(self, path):
        most = MAX_FILE_LINES if path in PRODUCT else MAX_TEST_FILE_LINES

        assert len(path.read_text("utf-8").splitlines()) <= most

    @pytest.mark.parametrize("path", named(FILES))
    def test_has_only_functions_that_fit_on_a_screen(self, path):
        long = {
            one.name: length
            for one in functions(ast.parse(path.read_text("utf-8")))
            if (length := (one.end_lineno or 0) - one.lineno + 1) > MAX_FUNCTION_LINES
        }

        assert long == {}

    @pytest.mark.parametrize("path", named(PRODUCT))
    def test_has_only_functions_that_ask_for_little(self, path):
        greedy = {
            one.name: len(arguments(one))
            for one in functions(ast.parse(path.read_text("utf-8")))
            if len(arguments(one)) > MAX_ARGUMENTS
        }

        assert greedy == {}

    @pytest.mark.parametrize("path", named(path for path in PRODUCT if path not in ASSEMBLIES))
    def test_leans_on_few_modules(self, path):
        leant_on = modules_leant_on(ast.parse(path.read_text("utf-8")))

        assert len(leant_on) <= MAX_MODULES_IMPORTED, sorted(leant_on)

    @pytest.mark.parametrize("path", named(PRODUCT))
    def test_is_named_and_names_without_empty_words(self, path):
        tree = ast.parse(path.read_text("utf-8"))
        names = [path.stem, *(one.name for one in ast.walk(tree) if isinstance(one, ast.ClassDef))]
        for one in functions(tree):
            names += [one.name, *arguments(one)]

        assert {name: banned_parts(name) for name in names if banned_parts(name)} == {}


class TestTheWordsWeDoWithout:
    @pytest.mark.parametrize(
        ("name", "found"),
        [
            pytest.param("raw_data", {"data"}, id="snake case"),
            pytest.param("ThemeManager", {"manager"}, id="camel case"),
            pytest.param("database", set(), id="part of a longer word"),
            pytest.param("do_GET", set(), id="asked for by the library"),
        ],
    )
    def test_are_found_where_they_stand_alone(self, name, found):
        assert banned_parts(name) == found
