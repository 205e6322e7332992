"""What every application would make anew, and the tests make once a run.

A test has an application of its own, and all are alike. Nothing is left out: it is only kept.
"""

import gc
from functools import cache
from types import MethodType

from jinja2 import BytecodeCache
from werkzeug.routing import Rule

from voice import database
from voice.web import alike, drawn, templating

OBJECTS_BEFORE_COLLECTING = 20_000


class CompiledTemplates(BytecodeCache):
    """What each template was compiled to, by its name and its words."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket):
        self.kept[bucket.key] = bucket.bytecode_to_string()


class QuickEnvironment(templating.VoiceEnvironment):
    """Templates as the service has them; each is compiled once a run, not once an application."""

    compiled = CompiledTemplates()

    def __init__(self, app, **options):
        super().__init__(app, **options | {"bytecode_cache": self.compiled})


compile_anew, rules = Rule.compile, {}


def compile_once(rule):
    """Give the rule what werkzeug made of the same words before; make it the first time."""
    key = (rule.rule, rule.subdomain, tuple((rule.defaults or {}).items()))
    if key not in rules:
        compile_anew(rule)
        rules[key] = _made_of(rule)
    rule._parts, rule._trace, rule._converters, arguments, build, build_unknown = rules[key]
    rule.arguments |= arguments
    rule._build, rule._build_unknown = MethodType(build, rule), MethodType(build_unknown, rule)


def _made_of(rule):
    builders = (rule._build.__func__, rule._build_unknown.__func__)
    return (rule._parts, rule._trace, rule._converters, set(rule.arguments), *builders)


open_anew = database._sqlite


@cache
def first_store():
    """Return an empty store in memory, which has met SQLite and so knows its version."""
    engine = open_anew("sqlite://")
    engine.connect().close()
    return engine


def open_knowing(address):
    """Open a store that knows what every other store of the run has compiled."""
    engine = open_anew(address)
    engine._compiled_cache = first_store()._compiled_cache
    engine.dialect = engine.pool._dialect = first_store().dialect
    return engine


def keep():
    """Let templates, addresses and statements be made once a run."""
    templating.VoiceEnvironment = QuickEnvironment
    Rule.compile = compile_once
    database._sqlite = open_knowing


def forget():
    """Let go of what an application drew, and so of the application."""
    drawn._drawn.cache_clear()
    drawn._drawn_blank.cache_clear()
    alike._kept.clear()


def settle():
    """Let the garbage collector pass over what lives as long as the run, as the service does."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BEFORE_COLLECTING)
