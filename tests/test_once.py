"""What every application and store needs is made once a run: this is what keeps the tests short."""

from tests import once
from tests.conftest import NOON
from tests.stores import new_sqlite
from voice.app import create_app


def test_a_second_application_makes_nothing_that_the_first_has_made(settings, tmp_path):
    compiled = once.first_store()._compiled_cache
    kept = (once.QuickEnvironment.compiled.kept, once.rules, compiled)

    def made_by_one_more(name):
        """Return what there is once another application drew a page of another store."""
        (tmp_path / name).mkdir()
        store = new_sqlite(tmp_path / name)
        app = create_app(settings, store, now=lambda: NOON)
        assert app.test_client().get("/").status_code == 200
        store.close()
        return [set(each) for each in kept]

    first, second = made_by_one_more("first"), made_by_one_more("second")

    assert all(first)
    assert second == first
