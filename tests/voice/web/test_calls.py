"""What a submission asks of the interpreter: the same on every machine, however busy (K1 speed)."""

import sys

import pytest

from benchmarks import submissions
from surveys.definition import read_survey_file
from tests.factories import make_consultation

MOST_CALLS = 24_300  # of functions, ours and everybody's, in 13 requests; it was 71,600


class _Counting:
    """An application that counts each call of a function while it answers."""

    def __init__(self, application):
        self.application = application
        self.calls = 0

    def __call__(self, environ, start_response):
        sys.setprofile(self._count)
        try:
            return self.application(environ, start_response)
        finally:
            sys.setprofile(None)

    def _count(self, _frame, event, _called):
        self.calls += event in {"call", "c_call"}


@pytest.fixture
def counting(app, database):
    """The application, counting from when somebody has sent in a first submission."""
    with database.writing() as session:
        survey = read_survey_file(submissions.SURVEY)
        make_consultation(session, survey=survey, slug=submissions.SLUG)
    submit(app)
    app.wsgi_app = _Counting(app.wsgi_app)
    return app.wsgi_app


def submit(app):
    """Fill in and send in nineteen questions on four pages."""
    assert submissions.submit(submissions._InProcess(app.test_client())) == 4


def test_a_submission_takes_few_calls(app, counting):
    submit(app)

    assert 10_000 < counting.calls <= MOST_CALLS
