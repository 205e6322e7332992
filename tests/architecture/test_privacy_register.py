"""Every column that can hold something of a person is in the privacy register (PRI-8)."""

import pytest
from sqlalchemy import Column, Date, Enum, LargeBinary, MetaData, String, Table, TypeDecorator

import voice.models  # noqa: F401 - makes every table known
from voice.database import Base, Moment
from voice.services.privacy import read_register
from voice.services.rotation import sealed_columns

REGISTER = read_register()
PERSONAL = [column for each in REGISTER.personal for column in each.columns]
OTHERS = {column for _, *columns in REGISTER.not_about_people for column in columns}


def unregistered(table):
    """The columns of words, lists, files and days of a table that the register does not know."""
    return [
        name
        for each in table.columns
        if tells(each) and not {name := f"{table.name}.{each.name}", f"{table.name}.*"} & KNOWN
    ]


KNOWN = {*PERSONAL, *OTHERS}


def tells(column):
    """Whether it can hold something of a person, and not only a key, a kind or a number."""
    kind = column.type
    if isinstance(kind, Enum | Moment) or column.foreign_keys or column.name == "press_key":
        return False
    code = column.name == "question"  # of the survey
    words = isinstance(kind, String | LargeBinary | Date | TypeDecorator) or _is_json(kind)
    return words and not code


def _is_json(kind):
    return type(kind).__name__ == "JSON"


@pytest.mark.parametrize("name", sorted(Base.metadata.tables))
def test_every_column_of_a_table_is_registered(name):
    assert unregistered(Base.metadata.tables[name]) == []


def test_no_column_is_registered_twice_or_does_not_exist():
    there = {f"{t.name}.{c.name}" for t in Base.metadata.tables.values() for c in t.columns}

    assert len(PERSONAL) == len(set(PERSONAL))
    assert set(PERSONAL) <= there
    assert {each.removesuffix(".*") for each in OTHERS if each.endswith(".*")} <= set(
        Base.metadata.tables
    )


def test_no_table_of_people_is_waved_through_whole():
    of_people = {each.partition(".")[0] for each in PERSONAL}

    assert {each for each in OTHERS if each.removesuffix(".*") in of_people} == set()


def test_what_is_sealed_is_of_people():
    sealed = {f"{one.table.name}.{one.column.name}" for one in sealed_columns()}

    assert sealed <= set(PERSONAL)


def test_each_says_why_on_what_basis_how_long_and_who_reads_it():
    for each in REGISTER.personal:
        assert each.basis in REGISTER.bases
        assert all((each.what, each.whose, each.purpose, each.kept, each.read_by))


def test_a_new_column_of_words_fails_the_build():
    new = Table("response", MetaData(), Column("id", String), Column("shoe_size", String))

    assert unregistered(new) == ["response.id", "response.shoe_size"]
