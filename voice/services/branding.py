"""A council's colours: whether people can read what stands on them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

TEXT_CONTRAST, SHAPE_CONTRAST = 4.5, 3.0  # Source: WCAG 2.2, 1.4.3 and 1.4.11, level AA
_BLOCK = re.compile(r"([^{}]+)\{([^{}]*)\}")
_VARIABLE = re.compile(r"(--voice-[a-z-]+)\s*:\s*([^;]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)", re.IGNORECASE)

# What assets/_brand.scss and assets/young.scss set, so that a sheet may change a few only.
EVERYBODY = {
    "--voice-brand": "#17495a",
    "--voice-brand-text": "#ffffff",
    "--voice-link": "#17495a",
    "--voice-link-hover": "#0c2b36",
    "--voice-button": "#17603f",
    "--voice-button-hover": "#104a30",
    "--voice-button-text": "#ffffff",
    "--voice-tint": "#eef3f4",
}
YOUNG = EVERYBODY | {
    "--voice-brand": "#5b2a86",
    "--voice-link": "#5b2a86",
    "--voice-link-hover": "#35104f",
    "--voice-button": "#5b2a86",
    "--voice-button-hover": "#45196b",
    "--voice-tint": "#f6edfb",
}
PAGES = {":root": ("everybody's pages", EVERYBODY, "#ffffff"),
         ".audience-young": ("young people's pages", YOUNG, "#fffaf2")}  # fmt: skip
_PAIRS = (
    ("--voice-brand-text", "--voice-brand", TEXT_CONTRAST),
    ("--voice-button-text", "--voice-button", TEXT_CONTRAST),
    ("--voice-button-text", "--voice-button-hover", TEXT_CONTRAST),
    ("--voice-link", "page", TEXT_CONTRAST),
    ("--voice-link", "--voice-tint", TEXT_CONTRAST),
    ("--voice-link-hover", "page", TEXT_CONTRAST),
    ("--voice-brand", "page", SHAPE_CONTRAST),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A pair of colours that some people cannot tell apart, or a colour that we cannot read."""

    where: str
    message: str


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (#rgb, #rrggbb or rgb()), from 1.0 to 21.0.

    Raises:
        ValueError: if one of them is no such colour.

    Source: WCAG 2.2, definitions of contrast ratio and relative luminance.
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def faults_in_brand(stylesheet: str) -> list[Fault]:
    """Return what is wrong with the colours that this stylesheet sets, page by page."""
    set_here = _variables(_COMMENT.sub("", stylesheet))
    faults: list[Fault] = []
    for selector, (where, usual, page) in PAGES.items():
        everywhere = {} if selector == ".audience-young" else set_here.get(":root", {})
        colours = usual | everywhere | set_here.get(selector, {}) | {"page": page}
        faults += (Fault(where, message) for message in _faults(colours))
    unknown = {name for named in set_here.values() for name in named if not _is_known(name)}
    faults += (Fault("the stylesheet", f"{name} is no variable of ours") for name in unknown)
    return faults


def _is_known(name: str) -> bool:
    rest = {"--voice-button-shadow", "--voice-line", "--voice-radius"}
    return name in EVERYBODY or name in rest


def _variables(stylesheet: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for selectors, body in _BLOCK.findall(stylesheet):
        named = {name: value.strip() for name, value in _VARIABLE.findall(body)}
        for selector in selectors.split(","):
            found.setdefault(selector.strip(), {}).update(named)
    return found


def _faults(colours: Mapping[str, str]) -> Iterator[str]:
    for text, ground, least in _PAIRS:
        try:
            found = contrast(colours[text], colours[ground])
        except ValueError as error:
            yield f"{error}; write it as #rrggbb"
            continue
        if found < least:
            yield (
                f"{text} ({colours[text]}) on {ground} ({colours[ground]}) has a contrast of "
                f"{found:.1f} : 1, and needs {least} : 1; make one darker or the other lighter"
            )


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[int, int, int]:
    if _HEX.fullmatch(colour):
        digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := _RGB.fullmatch(colour):
        return int(found[1]), int(found[2]), int(found[3])
    raise ValueError(f"“{colour}” is no colour that we can read")
