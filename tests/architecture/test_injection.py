"""No words of a request become a template, an address to go to, or a path (SEC-6, SEC-12).

Ruff's own rules (`S`) look for the rest; these three are about Flask, and about us.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(path for room in ("voice", "bot") for path in (ROOT / room).rglob("*.py"))
TEMPLATES_FROM_WORDS = {"render_template_string", "from_string", "Template"}
OPENS = {"open", "Path", "send_file", "send_from_directory", "joinpath", "read_bytes", "read_text"}
SENT = {"args", "form", "values", "files", "cookies", "headers", "query_string", "url", "full_path"}


def faults_in(source):
    """Return what is wrong with this source, each as (line, what)."""
    found = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name in TEMPLATES_FROM_WORDS:
            found.append((call.lineno, "a template made of words"))
        if name == "redirect" and _sent_in(call):
            found.append((call.lineno, "goes where the request says"))
        if name in OPENS and _sent_in(call):
            found.append((call.lineno, "a path that the request names"))
    return found


def _sent_in(call):
    """Return whether something that was sent stands in the arguments, outside `url_for`."""
    waiting = [*call.args, *(each.value for each in call.keywords)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "url_for":
            continue
        holder = getattr(node, "value", None)
        if isinstance(node, ast.Attribute) and node.attr in SENT and (
            getattr(holder, "id", "") == "request"
        ):  # fmt: skip
            return True
        waiting.extend(ast.iter_child_nodes(node))
    return False


class TestNoWordsOfARequest:
    def test_become_a_template_an_address_or_a_path(self):
        faults = {
            str(path.relative_to(ROOT)): found
            for path in FILES
            if (found := faults_in(path.read_text("utf-8")))
        }

        assert faults == {}

    @pytest.mark.parametrize(
        "source",
        [
            "render_template_string(words)",
            "app.jinja_env.from_string(request.form['x'])",
            "redirect(request.args['next'])",
            "redirect(f'/{request.form.get(1)}', code=303)",
            "open(folder / request.args['name'])",
            "send_from_directory(folder, path=request.values['name'])",
        ],
    )
    def test_would_be_found_in(self, source):
        assert faults_in(source)

    @pytest.mark.parametrize(
        "source", ["redirect(url_for('.page', next=request.args.get('next')))", "redirect(known)"]
    )
    def test_are_not_seen_in(self, source):
        assert not faults_in(source)
