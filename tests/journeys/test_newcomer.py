"""A newcomer starts the service, sees where it is, and finds it as it was the next time."""

import re

import pytest

from tests.journeys.service import running
from tests.journeys.walker import Walker

ADDRESSES = (
    "/",
    "/consultations/early-help-2017",
    "/consultations/early-help-2017/chat",
    "/outcomes",
    "/officers",
    "/health",
)


class TestANewcomer:
    def test_is_told_where_everything_is_and_how_to_sign_in(self, shown):
        printed, _, _ = shown

        for word in ("People", "Outcomes", "Officers", "web", "worker", "chat", "passphrase:"):
            assert word in printed

    def test_can_open_every_address_that_people_link_to(self, shown):
        _, opened, _ = shown

        assert opened == dict.fromkeys(ADDRESSES, 200)

    def test_finds_the_same_service_at_the_second_start(self, shown):
        first, _, second = shown

        assert _passphrases(second) == _passphrases(first)
        assert "Loading" not in second


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """What the first start printed, what each address answered, what the second printed."""
    home = tmp_path_factory.mktemp("home")
    with running(home, demo=True) as service:
        service.wait_until_said("Press Ctrl-C")
        walker = Walker(service.root)
        opened = {address: walker.open(address).status for address in ADDRESSES}
    first = service.log.read_text()
    service.log.write_text("")
    service.start()
    service.wait_until_said("Press Ctrl-C")
    service.stop()
    return first, opened, service.log.read_text()


def _passphrases(printed):
    return re.findall(r"(\S+@demo\.example) +passphrase: (\S+)", printed)
