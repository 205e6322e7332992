"""How far a long command has come."""

import io

from voice.cli.progress import ProgressBar


class TestTheProgressBar:
    def test_says_nothing_to_a_file_for_two_seconds(self):
        out = io.StringIO()
        bar = ProgressBar(out, clock=iter([0.0, 1.9]).__next__)

        bar.show(0.5, "Reading")

        assert out.getvalue() == ""

    def test_says_each_stage_once_to_a_file_afterwards(self):
        out = io.StringIO()
        bar = ProgressBar(out, clock=iter([0.0, 2.0, 3.0]).__next__)

        bar.show(0.5, "Reading")
        bar.show(0.6, "Reading")
        bar.finish()

        assert out.getvalue() == " 50% Reading\n"

    def test_draws_over_itself_in_a_terminal_and_leaves_the_line_at_the_end(self):
        out = Terminal()
        bar = ProgressBar(out)

        bar.show(0.5, "Reading")
        bar.finish()

        assert out.getvalue().startswith("\r████████████░░░░░░░░░░░░  50% Reading")
        assert out.getvalue().endswith("\n")


class Terminal(io.StringIO):
    """Says that it is one."""

    def isatty(self):
        return True
