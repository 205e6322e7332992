"""The guides say what stands on the pages: every name in bold is a whole label of the product.

Bold that only stresses something, or leads a paragraph in, is listed here and nowhere else.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDES = sorted((ROOT / "docs" / "guides").glob("*.md"))
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
# What may stand around a whole label in a template: quotes of a macro's argument, or the tags.
LABEL = re.compile(r"""(?<=["'>}])\s*([^"'<>{}]+?)\s*(?=["'<{])""")
STRESSED: dict[str, set[str]] = {}


def plain(words):
    """Return words as they are compared: one kind of quote and space, no mark at the end."""
    words = words.replace("’", "'").replace("“", '"').replace("”", '"').replace("&amp;", "&")
    return " ".join(words.split()).rstrip(".,:;?…").casefold()


@cache
def labels():
    """Return every whole piece of text that a page may show."""
    found = set()
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text("utf-8")
        found |= {plain(each) for each in LABEL.findall(text)}
        found |= {plain(each) for each in re.findall(r'"([^"]*)"', text)}
    for module in (ROOT / "voice").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(plain(node.value))
    return found


def named(guide):
    """Return what stands in bold, each step of a way (A → B) on its own."""
    bold = BOLD.findall(guide.read_text("utf-8"))
    return {step.strip() for each in bold for step in " ".join(each.split()).split("→")}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda each: each.stem)
def test_what_a_guide_names_in_bold_stands_on_a_page(guide):
    stressed = STRESSED.get(guide.stem, set())
    unknown = {each for each in named(guide) if plain(each) not in labels()}

    assert unknown == stressed
