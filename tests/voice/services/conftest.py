"""What the tests of the services share."""

import pytest
from sqlalchemy import select


@pytest.fixture
def rows(database):
    """Return every stored row of a kind."""

    def rows(kind):
        with database.reading() as session:
            return session.scalars(select(kind)).all()

    return rows
