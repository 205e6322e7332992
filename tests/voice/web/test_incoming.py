"""A request read in few steps is what Werkzeug and Flask read."""

from io import BytesIO

import pytest
from flask import Flask, Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.test import create_environ

from voice.web.incoming import FIELDS, Asked, way_of

FORMS = [
    b"",
    b"a=1&a=2&b=",
    b"a",
    b"a=%C3%A9+x&%41=%zz",
    b"a=%FF%00&b=\xc3\xa9",
    b"a=\xff",
    b"&&=x&a=b=c;d",
]


def environ_of(body=b"", kind=FIELDS, **how):
    return create_environ(method="POST", input_stream=BytesIO(body), content_type=kind, **how) | {
        "CONTENT_LENGTH": str(len(body))
    }


class TestAForm:
    @pytest.mark.parametrize("body", FORMS)
    @pytest.mark.parametrize("kind", [FIELDS, f"{FIELDS}; charset=utf-8", "text/plain"])
    def test_has_the_fields_that_werkzeug_reads(self, body, kind):
        ours, theirs = (each(environ_of(body, kind)) for each in (Asked, Request))

        assert list(ours.form.items(multi=True)) == list(theirs.form.items(multi=True))
        assert not ours.files

    def test_that_is_too_large_is_refused(self):
        asked = Asked(environ_of(b"a=123456"))
        asked.max_content_length = 5

        with pytest.raises(RequestEntityTooLarge):
            _ = asked.form


@pytest.mark.parametrize("query", ["", "a=1&a=2&b", "language=cy", "a=%FF"])
def test_an_address_says_what_werkzeug_reads(query):
    ours, theirs = (each(environ_of(query_string=query)) for each in (Asked, Request))

    assert list(ours.args.items(multi=True)) == list(theirs.args.items(multi=True))


@pytest.mark.parametrize("host", ["example.org", "EXAMPLE.org:8000", "127.0.0.1", "bücher.example"])
@pytest.mark.parametrize("path", ["/", "/a/b", "/é", "/a//b"])
@pytest.mark.parametrize("root", ["", "/under"])
def test_its_page_is_found_as_flask_finds_it(host, path, root):
    app = Flask("ways")
    environ = environ_of(path=path) | {"HTTP_HOST": host, "SCRIPT_NAME": root}
    ours, theirs = Asked(environ), Request(environ)

    found, expected = way_of(ours, app.url_map), app.create_url_adapter(theirs)

    assert {**vars(found), "query_args": ""} == {**vars(expected), "query_args": ""}
    assert ours.host == theirs.host


@pytest.mark.parametrize("unusual", [{"path": "//a"}, {"query_string": "a=1"}])
def test_an_unusual_request_is_left_to_flask(unusual):
    assert way_of(Asked(environ_of(**unusual)), Flask("ways").url_map) is None
