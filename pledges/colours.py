"""The parties' colours for light and dark pages. Pure."""

from collections.abc import Mapping, Sequence
from functools import cache

# The pages' own backgrounds, as in static/css/site.css.
LIGHT_PAGE, DARK_PAGE = "#fcfcfa", "#14181a"
# Graphical objects need 3:1 against what is next to them (WCAG 2.2, success criterion 1.4.11).
ENOUGH = 3.0


def party_rules(colours: Mapping[str, Sequence[str]]) -> str:
    """Return a style sheet with a rule for each key, "spd" or "gruene+cdu", from its one or two colours."""
    return "@layer tokens {\n" + "".join(_rule(key, pair) for key, pair in sorted(colours.items())) + "}\n"


def _rule(key: str, colours: Sequence[str]) -> str:
    names = ("--party", "--party-2")
    values = "; ".join(f"{name}: {_both(colour)}" for name, colour in zip(names, colours, strict=False))
    return f'  [data-party="{key}"] {{ {values}; }}\n'


@cache
def _both(colour: str) -> str:
    light, dark = visible_on(colour, LIGHT_PAGE), visible_on(colour, DARK_PAGE)
    return light if light == dark else f"light-dark({light}, {dark})"


def visible_on(colour: str, page: str) -> str:
    """Return the colour, mixed with as little white (on a dark page) or black as makes it visible there."""
    towards = 255 if luminance(page) < 0.5 else 0
    parts = _parts(colour)
    for step in range(101):
        mixed = tuple(round(part + (towards - part) * step / 100) for part in parts)
        candidate = "#{:02x}{:02x}{:02x}".format(*mixed)
        if contrast(candidate, page) >= ENOUGH:
            return candidate
    raise AssertionError(f"neither black nor white is visible on {page}")


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb", 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
