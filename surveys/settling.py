"""What is left of a condition once it is known who answers, and through which door."""

from collections.abc import Mapping

from surveys.conditions import AllOf, AnyOf, Condition, NotThis, OnSetting, parts_of


def settled(condition: Condition, setting: Mapping[str, str]) -> Condition | bool:
    """Return what is left of `condition` once it is known who answers, and how.

    `setting` has the values of `variant`, `capacity` and `channel`; one that it lacks is unlike
    every value. True: asked of everybody like this. False: of nobody like this.
    """
    match condition:
        case OnSetting(wanted=wanted):
            return all(setting.get(key) in values for key, values in wanted.items())
        case AllOf(all=conditions):
            parts = [settled(each, setting) for each in conditions]
            left = tuple(each for each in parts if not isinstance(each, bool))
            return False if False in parts else AllOf(all=left) if left else True
        case AnyOf(any=conditions):
            parts = [settled(each, setting) for each in conditions]
            left = tuple(each for each in parts if not isinstance(each, bool))
            return True if True in parts else AnyOf(any=left) if left else False
        case NotThis(not_=inner):
            part = settled(inner, setting)
            return not part if isinstance(part, bool) else NotThis(not_=part)
        case _:
            return condition


def settings_in(condition: Condition | None) -> frozenset[str]:
    """Return which of `variant`, `capacity` and `channel` the condition looks at."""
    if isinstance(condition, OnSetting):
        return frozenset(condition.wanted)
    return frozenset().union(*(settings_in(each) for each in parts_of(condition)))
