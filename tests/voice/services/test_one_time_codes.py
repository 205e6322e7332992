"""Codes of a phone, by the figures that stand in the standards."""

from base64 import b32encode
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import NOON
from voice.services import one_time_codes

RFC_SECRET = b32encode(b"12345678901234567890").decode()


class TestACode:
    @pytest.mark.parametrize(
        ("seconds", "code"),
        [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"),
         (2000000000, "279037"), (20000000000, "353130")],
    )  # fmt: skip
    def test_is_what_rfc_6238_says(self, seconds, code):
        step = one_time_codes.step_at(datetime.fromtimestamp(seconds, UTC))

        assert one_time_codes.code_of(RFC_SECRET, step) == code

    @pytest.mark.parametrize(
        ("late", "is_taken"), [(-30, True), (0, True), (59, True), (-31, False), (60, False)]
    )
    def test_is_taken_for_half_a_minute_either_side(self, late, is_taken):
        code = one_time_codes.code_of(RFC_SECRET, one_time_codes.step_at(NOON))
        now = NOON + timedelta(seconds=late)

        assert (one_time_codes.find_step(RFC_SECRET, code, now=now) is not None) is is_taken

    @pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "\ud800"])
    def test_is_none_of(self, typed):
        assert one_time_codes.find_step(RFC_SECRET, typed, now=NOON) is None

    def test_may_be_typed_with_spaces(self):
        code = one_time_codes.code_of(RFC_SECRET, one_time_codes.step_at(NOON))

        assert one_time_codes.find_step(RFC_SECRET, f" {code[:3]} {code[3:]} ", now=NOON)

    def test_is_of_a_secret_of_its_own(self):
        assert len({one_time_codes.new_secret() for _ in range(3)}) == 3
