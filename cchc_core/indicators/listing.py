"""Indicator sets as the command line gives them: JSON for other programs, lines for people."""

from collections.abc import Iterator

from cchc_core.indicators.model import KIND_NAMES, Indicator, IndicatorSet


def indicators_to_json(indicators: IndicatorSet) -> list[dict[str, str | None]]:
    """Give a row an indicator, in printed order.

    ``section`` is the code of the section; ``group`` the title of the group, null right below a section.
    """
    return [_row(indicators, indicator) for indicator in indicators.indicators]


def _row(indicators: IndicatorSet, indicator: Indicator) -> dict[str, str | None]:
    group = indicators.group_of(indicator)
    return {
        "code": indicator.code,
        "section": indicator.section,
        "group": None if group is None else group.title,
        "title": indicator.title,
        "unit": indicator.unit,
        "kind": indicator.kind.value,
        "level": indicator.level,
    }


def lines_of(indicators: IndicatorSet) -> Iterator[str]:
    """Give the lines that people read: the set, then section by section its groups and indicators."""
    count = len(indicators.indicators)
    yield f"{indicators.id}  {indicators.title} ({indicators.issuer}, {indicators.year}): {count} chỉ tiêu"
    for section in indicators.sections:
        listed = indicators.of_section(section.code)
        yield ""
        yield f"{section.code}  {section.title}: {len(listed)} chỉ tiêu"
        told = None
        for indicator in listed:
            group = indicators.group_of(indicator)
            if group is not None and group != told:
                yield f"  {group.code}  {group.title}"
            told = group
            yield _line(indicator)


def _line(indicator: Indicator) -> str:
    indent = "  " if indicator.group is None else "    "
    lead_in = f"{indicator.lead_in} " if indicator.lead_in else ""
    return f"{indent}{indicator.code}  {lead_in}{indicator.title}  [{KIND_NAMES[indicator.kind]}; {indicator.unit}]"
