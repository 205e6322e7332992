"""Both stores: every test here runs on each."""

import pytest

from tests.stores import new_postgres, new_sqlite, postgres_server


@pytest.fixture(scope="session")
def postgres_address(tmp_path_factory):
    with postgres_server(tmp_path_factory.mktemp("postgres")) as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request, tmp_path):
    if request.param == "sqlite":
        database = new_sqlite(tmp_path)
    else:
        database = new_postgres(request.getfixturevalue("postgres_address"))
    yield database
    database.close()
