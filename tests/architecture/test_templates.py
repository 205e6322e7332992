"""What every template keeps to: a layout, one heading, nothing inline, nothing unescaped."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

TEMPLATES = Path(__file__).parents[2] / "templates"
MAX_LINES = 120
EVERY = sorted(TEMPLATES.rglob("*.html"))
COMPONENTS = [path for path in EVERY if path.parent.name == "components"]
# A report is a document for a meeting, not a page of the site, so it stands on no layout.
PAGES = [
    path
    for path in EVERY
    if path.relative_to(TEMPLATES).parts[0] not in ("layouts", "components", "reports")
    and not path.name.startswith("_")
]
SITE = [path for path in EVERY if path.relative_to(TEMPLATES).parts[0] != "reports"]
INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "an inline style": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "a script in an attribute": re.compile(r"<[^>]*\son[a-z]+\s*=|javascript:", re.IGNORECASE),
    "another host": re.compile(r"""(?:src|action)\s*=\s*["']?(?:https?:)?//""", re.IGNORECASE),
}


def named(paths):
    """Return one case for each template, called by its path."""
    return [pytest.param(path, id=str(path.relative_to(TEMPLATES))) for path in paths]


def parsed(path: Path) -> nodes.Template:
    """Return the template as Jinja understands it."""
    return Environment(autoescape=True).parse(path.read_text("utf-8"))


def layouts_of(page: nodes.Template) -> list[str]:
    """Return every layout that the page may stand on, be it chosen by who reads it."""
    chosen = [one.template for one in page.find_all(nodes.Extends)]
    return [
        each.value
        for one in chosen
        for each in ([one.expr1, one.expr2] if isinstance(one, nodes.CondExpr) else [one])
    ]


class TestEveryTemplate:
    @pytest.mark.parametrize("path", named(EVERY))
    def test_is_short(self, path):
        assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES

    @pytest.mark.parametrize("path", named(SITE))
    def test_has_nothing_that_the_security_policy_would_refuse(self, path):
        words = path.read_text("utf-8")

        assert [what for what, pattern in INLINE.items() if pattern.search(words)] == []

    @pytest.mark.parametrize("path", named(EVERY))
    def test_never_lets_words_through_unescaped(self, path):
        tree = parsed(path)

        filters = {one.name for one in tree.find_all(nodes.Filter)}
        options = {one.key for one in tree.find_all(nodes.EvalContextModifier)}
        calls = {one.node.name for one in tree.find_all(nodes.Call) if hasattr(one.node, "name")}

        assert "safe" not in filters
        assert "Markup" not in calls
        assert options == set()
        assert not list(tree.find_all(nodes.ScopedEvalContextModifier))

    @pytest.mark.parametrize("path", named(EVERY))
    def test_uses_all_that_it_imports(self, path):
        tree = parsed(path)
        imported = {
            name if isinstance(name, str) else name[1]
            for one in tree.find_all(nodes.FromImport)
            for name in one.names
        }

        used = {one.name for one in tree.find_all(nodes.Name) if one.ctx == "load"}

        assert imported - used == set()

    @pytest.mark.parametrize("path", named(EVERY))
    def test_stands_on_templates_that_exist(self, path):
        asked_for = meta.find_referenced_templates(parsed(path))

        assert [name for name in asked_for if name and not (TEMPLATES / name).exists()] == []


class TestEveryPage:
    @pytest.mark.parametrize("path", named(PAGES))
    def test_stands_on_a_layout(self, path):
        extended = layouts_of(parsed(path))

        assert extended
        assert all(each.startswith("layouts/") for each in extended)

    @pytest.mark.parametrize("path", named(PAGES))
    def test_writes_at_most_one_heading_of_the_first_level(self, path):
        assert path.read_text("utf-8").count("<h1") <= 1

    @pytest.mark.parametrize("path", named(PAGES))
    def test_has_a_title_of_its_own(self, path):
        assert "title" in {one.name for one in parsed(path).find_all(nodes.Block)}


class TestEveryComponent:
    @pytest.mark.parametrize("path", named(COMPONENTS))
    def test_is_one_macro_with_the_name_of_its_file(self, path):
        assert [one.name for one in parsed(path).find_all(nodes.Macro)] == [path.stem]

    @pytest.mark.parametrize("path", named(COMPONENTS))
    def test_begins_with_its_promise(self, path):
        assert path.read_text("utf-8").startswith("{#- ")


class TestInline:
    @pytest.mark.parametrize(
        ("what", "words"),
        [
            ("an inline script", "<script>go()</script>"),
            ("an inline style", '<p style="x">'),
            ("an inline style", "<style>"),
            ("a script in an attribute", '<a onclick="go()">'),
            ("another host", '<img src="//elsewhere.example/x.png">'),
        ],
    )
    def test_is_found_where_it_stands(self, what, words):
        assert INLINE[what].search(words)


def test_overrides_of_the_design_stand_in_the_stylesheet():
    sheet = (TEMPLATES.parent / "voice" / "static" / "voice.css").read_text("utf-8")
    used = {
        one for path in EVERY for one in re.findall(r"govuk-!-[a-z0-9-]+", path.read_text("utf-8"))
    }

    assert {one for one in used if one.replace("!", "\\!") + "{" not in sheet} == set()
