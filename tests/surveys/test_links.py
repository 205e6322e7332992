"""The links in a survey's texts: where each begins and ends."""

import pytest

from surveys.checking.links import links_in, links_of


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Read https://a.example.uk/b?c=d.", ["https://a.example.uk/b?c=d"]),
        ("(see gov.uk/bus)", ["gov.uk/bus"]),
        ("Bus (https://x.uk/A_(b)) or “www.y.org/z”!", ["https://x.uk/A_(b)", "www.y.org/z"]),
        ("Write to me@bucks.gov.uk or first.last@x.org.uk", []),
        ("Version 1.2.com.mon is none", []),
        ("Nothing at all", []),
    ],
)
def test_a_link_ends_where_its_sentence_goes_on(text, links):
    assert links_in(text) == links


def test_each_link_is_named_once_and_those_of_translations_too(survey_of):
    survey = survey_of(
        {"code": "q", "text": "See a.org.uk", "hint": "See a.org.uk and b.org.uk"},
        translations=[{"language": "cy", "texts": {"questions.q.text": "c.org.uk"}}],
    )

    assert links_of(survey) == ("a.org.uk", "b.org.uk", "c.org.uk")
