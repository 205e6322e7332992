"""Row A14 TEST: clone last year's survey; comparable questions match, changed ones are flagged."""

from surveys.definition import read_from_library
from surveys.differences import Standing, compare_surveys
from surveys.drafting.reading import read_sketch
from surveys.drafting.sketch import add, rewrite, sketch_of
from surveys.writing import as_definition

LAST_YEAR = read_from_library("early_help_2017")


def test_a_clone_is_comparable_but_for_what_was_changed():
    sketch = sketch_of(as_definition(LAST_YEAR))
    options = [{"code": "under_16", "label": "Under 16"}, *age_of(sketch)["options"]]
    sketch = rewrite(sketch, key_of(sketch, "age"), age_of(sketch) | {"options": options})
    sketch = add(sketch, {"code": "hubs", "kind": "free_text", "text": "What of the hubs?"})

    found = compare_surveys(LAST_YEAR, read_sketch(sketch).survey)

    standings = {each.code: each.standing for each in found}
    flagged = {code: each for code, each in standings.items() if each != Standing.COMPARABLE}
    assert flagged == {"age": Standing.CHANGED, "hubs": Standing.ADDED}
    assert len(found) == len(LAST_YEAR.questions) + 1


def test_the_flag_says_what_was_changed():
    sketch = sketch_of(as_definition(LAST_YEAR))
    options = [{"code": "under_16", "label": "Under 16"}, *age_of(sketch)["options"]]
    sketch = rewrite(sketch, key_of(sketch, "age"), age_of(sketch) | {"options": options})

    found = compare_surveys(LAST_YEAR, read_sketch(sketch).survey)

    assert [each.changes for each in found if each.changes] == [("offers “Under 16” too",)]


def key_of(sketch, code):
    return next(each.key for each in sketch.questions if each.code == code)


def age_of(sketch):
    return dict(sketch.find(key_of(sketch, "age")).written)
