"""What is asked of a committee, and where its officers press, for the tests of row A15."""

import re

# Q-9 of the council's papers: asked of the select committee on education.
QUESTION = "Why are the attainment gap results failing to improve in Bucks Upper Secondary schools?"
REPLY = "Results rose in 2016. A plan for each school is at the meeting of 5 July."
COMMITTEE = "Education Select Committee"
DANGER = "My dad hits me every night. Which committee can stop it?"
FIRST = 1  # the form of the page, after the one that signs out
REPLY_FORM = 2
PUBLISH_FORM = 3


def concern_in(lead):
    """Return the address of the one concern in the queue."""
    return re.search(
        r'href="(/officers/concerns/[0-9a-f-]{36})"', lead.open("/officers/concerns").body
    )[1]


def day_of(day, month, year=2026, *, name="by"):
    """Return the fields of a day, filled in."""
    return [(f"{name}-day", day), (f"{name}-month", month), (f"{name}-year", year)]
