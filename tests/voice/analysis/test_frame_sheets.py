"""A coding frame read from a table or from what somebody typed."""

import pytest

from voice.analysis.coding.frame_sheets import FrameFaultsError, read_lines, read_typed
from voice.analysis.coding.frames import FrameTheme

HEADER = ("Key", "NAME", "note", "keywords")


class TestATable:
    def test_gives_each_theme_with_its_line(self):
        rows = [(2, ("bus", "Buses", "Late or full", "bus | too late, often"))]

        assert read_lines(HEADER, rows) == [
            (2, FrameTheme("bus", "Buses", "Late or full", ("bus", "too late, often")))
        ]

    def test_needs_only_keys(self):
        assert read_lines(("key",), [(2, ("bus",))]) == [(2, FrameTheme("bus", "bus"))]

    def test_says_of_every_line_what_is_wrong(self):
        rows = [(2, ("a", "", "", "")), (3, ("", "B", "", "")), (4, ("a", "", "", ""))]

        with pytest.raises(FrameFaultsError) as refused:
            read_lines(HEADER, rows)

        assert [number for number, _ in refused.value.faults] == [3, 4]

    @pytest.mark.parametrize(
        ("columns", "words"), [(("name",), "no column “key”"), (("key",), "no themes")]
    )
    def test_is_refused_without_keys_or_themes(self, columns, words):
        with pytest.raises(FrameFaultsError, match=words):
            read_lines(columns, [])


class TestWhatIsTyped:
    def test_is_a_name_or_a_name_with_keywords_a_line(self):
        assert read_typed("Buses: late | full\n\nKind staff") == [
            (1, FrameTheme("", "Buses", "", ("late", "full"))),
            (3, FrameTheme("", "Kind staff")),
        ]

    @pytest.mark.parametrize("text", ["", "  \n", ": late"])
    def test_is_refused_without_a_name(self, text):
        with pytest.raises(FrameFaultsError):
            read_typed(text)
