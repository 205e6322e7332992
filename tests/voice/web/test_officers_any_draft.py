"""Whatever a file holds, its draft can be opened, read and mended at the desk."""

import io

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from surveys.drafting.fields import heading_fields, kinds
from surveys.writing import as_yaml
from tests.voice.web.test_officers_drafts import DESK, author, database, desk, draft, team

__all__ = ["author", "database", "desk", "draft", "team"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.dates() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
KIND = st.sampled_from(sorted(kinds()))
NAMES = sorted({field.name for kind in kinds().values() for field in kind.fields})
HEADINGS = [field.name for field in heading_fields()]
QUESTION = st.builds(
    lambda kind, keys: keys | {"kind": kind},
    KIND,
    st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=6),
)
FILE = st.builds(
    lambda heading, questions: heading | {"questions": questions},
    st.dictionaries(st.sampled_from(HEADINGS), ANYTHING, max_size=5),
    st.lists(QUESTION | ANYTHING, max_size=2),
)


@settings(
    max_examples=6,
    phases=[Phase.explicit, Phase.generate],  # a page takes too long to look for a smaller case
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(FILE)
def test_every_page_of_any_draft_opens(author, written):
    author.open(DESK)
    author.send(DESK, how="file", file=(io.BytesIO(as_yaml(written).encode()), "mine.yaml"))
    draft = author.page.request.path

    opened = {page: author.client.get(f"{draft}{page}").status_code for page in (
        "", "/about", "/try", "/publish", "/survey.yaml")}  # fmt: skip
    asked = sum(isinstance(each, dict) for each in written["questions"])
    for place in range(1, asked + 1):
        address = f"{draft}/questions/q{place}"
        author.open(address)
        opened[address] = author.page.status_code
        author.send(address, **{"f-text": "Mended?"})
        opened[f"{address} saved"] = author.page.status_code

    assert set(opened.values()) == {200}


@pytest.mark.parametrize("words", ["[Yes, No]", "[2009-04-03, {label: No}]"])
def test_options_that_are_only_words_become_options(author, words):
    text = f"title: A\nquestions:\n  - {{kind: choice, text: Well?, options: {words}}}\n"
    author.open(DESK)
    author.send(DESK, how="file", file=(io.BytesIO(text.encode()), "mine.yaml"))
    address = f"{author.page.request.path}/questions/q1"

    page = author.open(address)

    assert 'name="f-options-1-label"' in page
    assert 'value="No"' in page
