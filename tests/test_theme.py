"""The theme keeps text readable: contrast after WCAG 2.1, success criteria 1.4.3 (text) and 1.4.11 (borders)."""

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

CONFIG = tomllib.loads((Path(__file__).parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
THEME = CONFIG["theme"]
GROUNDS = (
    *(THEME[name] for name in ("backgroundColor", "secondaryBackgroundColor", "codeBackgroundColor")),
    *(THEME["sidebar"][name] for name in ("backgroundColor", "secondaryBackgroundColor")),
)
HUES = ("red", "orange", "yellow", "blue", "green", "violet", "gray")


def luminance(color: str) -> float:
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("text", ["textColor", "primaryColor", "linkColor", "codeTextColor"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read_on_every_ground(text: str, ground: str) -> None:
    assert contrast(THEME[text], ground) >= Fraction("4.5")


@pytest.mark.parametrize("hue", HUES)
def test_a_coloured_text_can_be_read_on_the_page_and_on_its_own_ground(hue: str) -> None:
    grounds = (THEME["backgroundColor"], THEME["sidebar"]["backgroundColor"], THEME[f"{hue}BackgroundColor"])
    assert all(contrast(THEME[f"{hue}TextColor"], ground) >= Fraction("4.5") for ground in grounds)


def test_heads_of_tables_and_borders_of_fields_are_seen() -> None:
    assert contrast(THEME["dataframeHeaderTextColor"], THEME["dataframeHeaderBackgroundColor"]) >= Fraction("4.5")
    assert contrast(THEME["borderColor"], THEME["backgroundColor"]) >= 3


def test_every_setting_is_explained() -> None:
    lines = (Path(__file__).parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8").splitlines()
    settings = [number for number, line in enumerate(lines) if "=" in line and line[0].isalpha()]
    alone = [lines[n] for n in settings if not explained(lines, n)]
    assert alone == []


def explained(lines: list[str], number: int) -> bool:
    """Tell whether a comment stands above the setting or above the block of settings that it belongs to."""
    while number > 0 and lines[number - 1] and not lines[number - 1].startswith(("#", "[")):
        number -= 1
    return lines[number - 1].startswith("#")
