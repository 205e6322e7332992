"""Who is asked a question, from a survey file to the rows of a page and back, unchanged."""

import pytest

from surveys.drafting.routes import RouteRow, read_route, route_of

WENT = {"question": "went", "is": "yes"}
PAPER, KIOSK = {"channel": "paper"}, {"channel": "kiosk"}
EASY, JOINT = {"variant": "easy"}, {"capacity": "committee"}


def form_of(condition):
    """Return the fields that a page sends of a condition when nobody changes it."""
    route = route_of(condition)
    assert route.by_hand is None
    form = {"f-join": route.join}
    for number, row in enumerate(route.rows):
        form |= {f"f-{number}-test": row.test, f"f-{number}-answer": row.answer,
                 f"f-{number}-bound": row.bound}  # fmt: skip
    return form


class TestRows:
    @pytest.mark.parametrize(
        "condition",
        [
            pytest.param(PAPER, id="one channel"),
            pytest.param({"channel": ["paper"]}, id="a list of one"),
            pytest.param({"channel": ["paper", "kiosk"]}, id="any of two"),
            pytest.param({"not": PAPER}, id="not through it"),
            pytest.param({"not": {"channel": ["paper", "kiosk"]}}, id="through neither"),
            pytest.param({"variant": "easy", "capacity": "committee"}, id="both keys"),
            pytest.param({"not": {"variant": "easy", "capacity": "committee"}}, id="not both"),
            pytest.param({"all": [WENT, EASY, {"not": JOINT}]}, id="beside an answer"),
            pytest.param({"any": [WENT, {"channel": ["paper", "kiosk"]}]}, id="a list in any"),
            pytest.param({"all": [WENT, {"variant": "easy", "channel": "paper"}]}, id="in all"),
            pytest.param({"all": [WENT]}, id="all of one"),
        ],
    )
    def test_say_it_and_give_it_back_as_it_was_written(self, condition):
        assert read_route(form_of(condition), "f", before=condition) == condition

    @pytest.mark.parametrize(
        ("condition", "join"),
        [
            ({"channel": ["paper", "kiosk"]}, "any"),
            ({"not": {"channel": ["paper", "kiosk"]}}, "all"),
            ({"variant": "easy", "capacity": "committee"}, "all"),
            ({"not": {"variant": "easy", "capacity": "committee"}}, "any"),
        ],
    )
    def test_are_joined_as_it_means(self, condition, join):
        assert route_of(condition).join == join
        assert len(route_of(condition).rows) == 2

    @pytest.mark.parametrize(
        "condition",
        [
            pytest.param({"all": [WENT, {"channel": ["paper", "kiosk"]}]}, id="any within all"),
            pytest.param({"any": [WENT, {"not": {"channel": ["paper", "kiosk"]}}]}, id="the other"),
            pytest.param({"variant": ["easy", "words"], "channel": "paper"}, id="two ways, a door"),
            pytest.param({"channel": "paper", "question": "went"}, id="a channel and a question"),
            pytest.param({"channel": []}, id="no channel"),
            pytest.param({"channel": [1]}, id="no text"),
            pytest.param({"any": [PAPER] * 21}, id="more than a page has"),
            pytest.param({"all": []}, id="nothing"),
        ],
    )
    def test_never_say_what_they_cannot(self, condition):
        assert route_of(condition).by_hand == condition

    def test_that_were_changed_are_read_anew(self):
        form = form_of({"channel": ["paper", "kiosk"]}) | {"f-1-test": "not_by"}

        read = read_route(form, "f", before={"channel": ["paper", "kiosk"]})

        assert read == {"any": [PAPER, {"not": KIOSK}]}

    @pytest.mark.parametrize(
        ("test", "answer", "condition"),
        [
            ("only", "-channel.paper", PAPER),
            ("at_least", "-channel.paper", PAPER),
            ("not_chose", "-channel.paper", {"not": PAPER}),
            ("by", "went.yes", WENT),
            ("not_by", "went.yes", {"not": WENT}),
            ("by", "went", {"question": "went", "answered": True}),
            ("not_by", "went", {"question": "went", "answered": False}),
        ],
    )
    def test_take_a_test_that_belongs_to_the_other_sort_as_it_reads(self, test, answer, condition):
        assert read_route({"f-0-test": test, "f-0-answer": answer}, "f") == condition

    def test_name_a_value_as_the_page_sends_it(self):
        assert route_of(PAPER).rows == (RouteRow("by", "-channel.paper"),)
