"""The page of who may do what is what the guards say now (SEC-1)."""

import re
from pathlib import Path

from tests.architecture.access_table import ACCESS
from tests.architecture.test_routes import ENDPOINTS
from tests.architecture.world import STAFF
from voice.models import Role
from voice.web.access import EVERYBODY, roles_for
from voice.web.matrix import matrix_page

PAGE = Path(__file__).parents[2] / "docs" / "who-may-do-what.md"
YES = re.compile(r"\| yes ")


class TestThePageOfWhoMayDoWhat:
    def test_is_what_the_guards_say_now(self, app):
        said = PAGE.read_text("utf-8")

        assert said == matrix_page(app), "run voice routes --table > docs/who-may-do-what.md"

    def test_counts_as_many_yes_as_the_guards_let_in(self, app):
        guarded = [
            (rule, roles_for(app, rule.endpoint))
            for rule in app.url_map.iter_rules()
            if EVERYBODY not in roles_for(app, rule.endpoint)
        ]
        ways = sum(len(roles) * len(rule.methods & {"GET", "POST"}) for rule, roles in guarded)

        assert len(YES.findall(matrix_page(app))) == ways > 500

    def test_has_no_role_that_is_not_tried_and_no_role_let_in_that_the_guard_keeps_out(self, app):
        roles = {person: role for person, (role, _) in STAFF.items()}

        assert set(roles.values()) == set(Role)
        for endpoint in ENDPOINTS:
            let_in = {
                roles[one] for one in ACCESS[endpoint][0] | ACCESS[endpoint][1] if one in roles
            }
            assert EVERYBODY in roles_for(app, endpoint) or let_in <= roles_for(app, endpoint)
