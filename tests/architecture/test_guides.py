"""The guides say what stands on the pages: what is bold or in quotes is a whole label there.

What only stresses something, leads a paragraph in or quotes somebody is listed here.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDES = sorted((ROOT / "docs" / "guides").glob("*.md"))
NAMED = re.compile(r'\*\*(.+?)\*\*|"([^"]+)"|“([^”]+)”', re.DOTALL)
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
# What may stand around a whole label in a template: quotes of a macro's argument, or the tags.
LABEL = re.compile(r"""(?<=["'>}])\s*([^"'<>{}]+?)\s*(?=["'<{])""")
NO_LABEL = {
    "author": {
        "Asking what somebody would like?",
        "Go on as if a picture came",
        "please circle",
        "see page two",
        "TODO",
        "[insert name]",
    },
    "librarian": {
        "A poster:",
        "A screen that many people use.",
        "Somebody asks for help to answer?",
        "To use the device for something else,",
    },
    "officer-answering": {"Cabinet Member for Education"},
    "officer-consultation": {
        "41 of 50 (82%)",
        "Response rate: 25% (50 of 200)",
        "(source: census 2021)",
        "(the young person)",
        "By the audit: 120 people (100 to 150)",
        "Read 12 new answers",
    },
    "officer-following-up": {"Heard (on paper)"},
    "officer-listening": {
        "Focus group (9 people)",
        "please specify",
        "Strongly",
        "13 schools",
        "Written in Polish",
    },
    "social-worker": {
        "A child under 8, or one who reads with difficulty:",
        "A child who reads another language:",
        "Before a conference:",
        "Check together and send.",
        "Go through the questions together.",
        "If they ask for something",
        "If they tell you that they are not safe,",
        "The same child, term after term.",
        "Where a question asks for words",
        "With pictures",
    },
    "teacher": {
        "A code of their own.",
        "Before the lesson.",
        "If a pupil tells you something,",
        "On the board",
        "Tell pupils first:",
        "What you see.",
        "While they answer",
        "Without devices:",
        "teacher's address",
        "5 or more",
        "10 or more",
    },
    "translator": {
        "Have a translator check them before you rely on them.",
        "Type the translation here.",
    },
}


def plain(words):
    """Return words as they are compared: one kind of quote and space, no mark at the end."""
    words = words.replace("’", "'").replace("“", '"').replace("”", '"').replace("&amp;", "&")
    words = re.sub(r"^\d\. ", "", " ".join(words.split()))  # a step of a page may be numbered
    return words.rstrip(" .,:;?…(").casefold()


@cache
def labels():
    """Return every whole piece of text that a page may show."""
    found = set()
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text("utf-8")
        found |= {plain(each) for each in LABEL.findall(text)}
        found |= {plain(each) for each in re.findall(r'"([^"]*)"', text)}
    modules = [each for room in ("voice", "surveys") for each in (ROOT / room).rglob("*.py")]
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(plain(node.value))
    return found


def named(guide):
    """Return what stands in bold or in quotes, each step of a way (A → B) on its own."""
    text = CODE.sub("", guide.read_text("utf-8"))
    found = [" ".join("".join(each).split()) for each in NAMED.findall(text)]
    return {step.strip() for each in found for step in each.split("→")}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda each: each.stem)
def test_what_a_guide_names_stands_on_a_page(guide):
    unknown = {each for each in named(guide) if plain(each) not in labels()}

    assert unknown == NO_LABEL.get(guide.stem, set())
