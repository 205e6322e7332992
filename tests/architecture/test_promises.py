"""Every promise has its place on docs/promises.md, and every name in a test is a promise."""

from tests.architecture.promises import PAGE, held_by_tests, page, read_promises


class TestThePageOfPromises:
    def test_is_what_the_tests_say_now(self):
        assert PAGE.read_text("utf-8") == page(), "run python -m tests.architecture.promises"

    def test_is_about_promises_that_were_made(self):
        assert set(held_by_tests()) <= {each["name"] for each in read_promises()}
