"""Capability K2: a column of a file can hold personal codes, behind the same wall (0014)."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import object_session

from surveys.definition import read_survey
from tests.conftest import NOON, SECRET
from tests.factories import make_consultation, make_response
from voice.models import Response
from voice.services import import_mapping, importing, imports, joining, keys

CODE = keys.personal_code_from(SECRET, "a press")
SURVEY = """
code: coded
title: Coded
audience: {audience}
{joins}
about: {{what: "Codes", why: "To try", who_for: "Testers", minutes: 1,
        what_happens: "Nothing", who_reads: "Testers"}}
questions:
  - {{code: why, kind: free_text, text: "Why?"}}
"""
PERSON = "joins: person"
FAMILY = (
    "joins: family\nsides: [{code: child, label: The child}, {code: parent, label: The parents}]"
)
SPOILT = f"{CODE[:-1]}{'C' if CODE[-1] != 'C' else 'D'}"


class TestAColumnOfCodes:
    def test_joins_a_row_with_what_was_answered_by_the_same_code_on_the_page(self, brought_in):
        (row,), page = brought_in(PERSON, f"Why?,Personal code\nx,{CODE}\n")

        assert row.joined_hash == page.joined_hash
        assert row.joined_hash is not None

    def test_keeps_no_code_as_it_was_typed(self, brought_in):
        (row,), _ = brought_in(PERSON, f"Why?,Personal code\nx,{CODE.lower()}\n")

        assert CODE.replace("-", "").lower() not in repr(vars(row)).replace("-", "").lower()

    def test_joins_nothing_where_the_cell_is_empty(self, brought_in):
        rows, _ = brought_in(PERSON, f"Why?,Personal code\nx,\ny,{CODE}\n")

        assert [row.joined_hash is None for row in rows] == [True, False]

    def test_stands_on_the_side_that_the_row_says(self, brought_in):
        rows, page = brought_in(
            FAMILY, f"Why?,Family code,Side\nx,{CODE},The parents\ny,{CODE},child\n", side="child"
        )

        assert [row.side for row in rows] == ["parent", "child"]
        assert {row.joined_hash for row in rows} == {page.joined_hash}

    def test_is_another_code_behind_the_wall_of_victims(self, brought_in):
        (row,), _ = brought_in(PERSON, f"Why?,Personal code\nx,{CODE}\n", audience="victim")
        (open_row,), _ = brought_in(PERSON, f"Why?,Personal code\nx,{CODE}\n", slug="open")

        assert row.joined_hash != open_row.joined_hash

    def test_is_offered_only_where_answers_may_be_kept_together(self, uploaded):
        found = uploaded("", "Why?,Personal code\nx,y\n")

        assert imports.mapping_of(found).targets == ("why", "")
        assert "-code" not in dict(import_mapping.targets_of(imports.survey_of(found)))

    def test_is_hashed_by_the_services_secret_and_by_nothing_else(self, uploaded):
        found = agreed(uploaded(PERSON, f"Why?,Personal code\nx,{CODE}\n"))

        with pytest.raises(LookupError):
            importing.make_ready(found, now=NOON)


class TestACodeThatIsNone:
    @pytest.mark.parametrize(
        ("joins", "text", "column", "words"),
        [
            (PERSON, f"Why?,Personal code\nx,{SPOILT}\n", "Personal code", "no personal code"),
            (FAMILY, f"Why?,Family code,Side\nx,{CODE},uncle\n", "Side", "none of the sides"),
            (FAMILY, f"Why?,Family code\nx,{CODE}\n", "Family code", "none of the sides"),
        ],
    )
    def test_keeps_the_file_out_and_says_which_cell(self, uploaded, joins, text, column, words):
        (fault,) = imports.dry_run(uploaded(joins, text)).faults

        assert (fault.row, fault.column) == (2, column)
        assert words in fault.what
        assert SPOILT not in fault.words


def agreed(found):
    agreement = imports.Agreement(found.row_count, (NOON - timedelta(days=1)).date())
    imports.confirm(object_session(found), found, None, agreement, now=NOON)
    return found


@pytest.fixture
def uploaded(session):
    """Return a function that hands in a file for a consultation whose survey is like this."""

    def upload(joins, text, *, audience="adult", slug="coded"):
        survey = read_survey(SURVEY.format(joins=joins, audience=audience))
        consultation = make_consultation(session, survey=survey, slug=slug)
        handed_in = imports.HandedIn("a.csv", text.encode())
        return imports.upload(session, consultation, None, handed_in, now=NOON)

    return upload


@pytest.fixture
def brought_in(session, uploaded):
    """Return a function that brings it in; gives its rows, and a page joined by the same code."""

    def bring(joins, text, *, side="", **how):
        found = agreed(uploaded(joins, text, **how))
        importing.bring_in_now(session, found, now=NOON, secret=SECRET)
        page = make_response(session, found.consultation, why="z")
        joining.join(page, CODE, side=side, secret=SECRET)
        rows = select(Response).where(Response.import_id == found.id).order_by(Response.side.desc())
        return sorted(session.scalars(rows), key=lambda one: one.joined_hash or ""), page

    return bring
