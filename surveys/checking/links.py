"""Links that lead nowhere because a letter is wrong."""

import re
from collections.abc import Iterator

from surveys.checking.findings import Finding, all_words, must
from surveys.engine import Survey
from surveys.places import texts_of

KNOWN_HOSTS = frozenset(
    {
        "anti-bullyingalliance.org.uk",
        "barnardos.org.uk",
        "buckinghamshire.gov.uk",
        "buckscc.gov.uk",
        "ceop.police.uk",
        "childline.org.uk",
        "gov.uk",
        "kidscape.org.uk",
        "mencap.org.uk",
        "nhs.uk",
        "nspcc.org.uk",
        "samaritans.org",
        "victimsupport.org.uk",
        "youngminds.org.uk",
    }
)
_HOST = re.compile(
    r"\b(?:https?://)?((?:[a-z0-9-]+\.)+(?:uk|com|org|net|info|eu|scot|wales))(?![\w-])",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?<![@\w.-])(?:https?://[^\s<>\"“”«»]+|"
    r"(?:[a-z0-9-]+\.)+(?:uk|com|org|net|info|eu|scot|wales)(?![\w.-]*@)(?!\.?[\w-])(?:/[^\s<>\"“”«»]*)?)",
    re.IGNORECASE,
)
_AFTER_A_LINK = ".,;:!?'’*_"


def check_links(survey: Survey, own_hosts: frozenset[str] = frozenset()) -> Iterator[Finding]:
    """Find addresses that are one letter away from one that is known or used more often."""
    known = KNOWN_HOSTS | own_hosts
    uses: dict[str, list[str]] = {}
    for code, text in all_words(survey):
        for host in hosts_in(text):
            uses.setdefault(host, []).append(code)
    for host, codes in uses.items():
        right = next((each for each in sorted(known) if is_one_edit_apart(host, each)), None)
        if host in known:
            continue
        often = (each for each in uses if is_one_edit_apart(host, each))
        right = right or next((each for each in often if len(uses[each]) > len(codes)), None)
        if right:
            yield must(
                codes[0], f"“{host}” is one letter away from “{right}”; check which is right"
            )


def links_of(survey: Survey) -> tuple[str, ...]:
    """Return each link in any text that people see, translations too, once and in its order.

    A link without "https://" is one as well, such as "gov.uk/bus"; an e-mail address is none.
    """
    translated = (text for each in survey.translations for text in each.texts.values())
    texts = (*texts_of(survey).values(), *translated)
    return tuple(dict.fromkeys(link for text in texts for link in links_in(text)))


def links_in(text: str) -> list[str]:
    """Return the links in a text, without the stop or the bracket that closes the sentence."""
    return [_without_end(found) for found in _LINK.findall(text)]


def _without_end(link: str) -> str:
    bare = link.rstrip(_AFTER_A_LINK)
    while bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1].rstrip(_AFTER_A_LINK)
    return bare


def hosts_in(text: str) -> list[str]:
    """Return the hosts of the links in a text, in small letters and without `www.`."""
    return [found.lower().removeprefix("www.") for found in _HOST.findall(text)]


def is_one_edit_apart(one: str, other: str) -> bool:
    """Say whether one letter added, lost or changed, or two swapped, tells them apart."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    mine, theirs = one[start:], other[start:]
    swapped = len(mine) > 1 and mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:]
    return swapped or mine[1:] == theirs[1:] or mine[1:] == theirs or mine == theirs[1:]
