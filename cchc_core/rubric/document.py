"""A criteria set as JSON: the source form that is hashed and pinned, and the form that others read.

The source form has the keys of the YAML files and nothing that is derived, so a reworded warning never changes a
fingerprint. :func:`rubric_to_json` adds what is computed: maxima, sections, warnings.
"""

import hashlib
import json
from decimal import Decimal
from typing import Any, assert_never

from cchc_core.rubric.checks import findings
from cchc_core.rubric.model import Criterion, Evidence, Exclusion, Part, Rubric, Section
from cchc_core.rules.decimals import round_points
from cchc_core.rules.kinds import (
    Band,
    Bands,
    Checklist,
    Compare,
    Count,
    Effect,
    External,
    Item,
    Levels,
    Manual,
    Ratio,
    Rule,
    kind_of,
)

Json = dict[str, Any]


def canonical_text(rubric: Rubric) -> str:
    """Write the source form in one exact way: sorted keys, no spaces, NFC letters as they are."""
    return json.dumps(source_form(rubric), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(rubric: Rubric) -> str:
    """Give the SHA-256 of the canonical text; an assessment pins a criteria set by it."""
    return hashlib.sha256(canonical_text(rubric).encode()).hexdigest()


def source_form(rubric: Rubric) -> Json:
    """Give the criteria set with the keys of its YAML file; points as texts with four decimals."""
    return {
        **_head(rubric),
        "parts": [_part(part) for part in rubric.parts],
        "sections": [_section(section) for section in rubric.sections],
        "criteria": [_source_criterion(criterion) for criterion in rubric.criteria],
        "exclusions": [_exclusion(exclusion) for exclusion in rubric.exclusions],
        **_extras(rubric),
    }


def rubric_to_json(rubric: Rubric) -> Json:
    """Give the criteria set as ``rubric show --json`` prints it, with maxima and warnings computed."""
    return {
        **_head(rubric),
        "max_points": points_text(rubric.max_points()),
        "warnings": [finding.message for finding in findings(rubric)],
        "parts": [
            {**_part(part), "max_points": points_text(rubric.part_max_points(part.code))} for part in rubric.parts
        ],
        "sections": [
            {**_section(section), "max_points": points_text(rubric.max_points(section.code))}
            for section in rubric.sections
        ],
        "criteria": [_shown_criterion(rubric, criterion) for criterion in rubric.criteria],
        "exclusions": [_exclusion(exclusion) for exclusion in rubric.exclusions],
        **_extras(rubric),
    }


def points_text(points: Decimal) -> str:
    """Write points as machines read them: "0.5000"."""
    return f"{round_points(points):.4f}"


def _maybe_points(points: Decimal | None) -> str | None:
    return None if points is None else points_text(points)


def _head(rubric: Rubric) -> Json:
    return {
        "id": rubric.id,
        "title": rubric.title,
        "issuer": rubric.issuer,
        "year": rubric.year,
        "document": rubric.document,
        "points_source": rubric.points_source,
        "declared_total": _maybe_points(rubric.declared_total),
    }


def _extras(rubric: Rubric) -> Json:
    # What most sets do not have is left out, so that it changes no fingerprint.
    extras: Json = {
        "caps": [{"effect": cap.effect.value, "most": points_text(cap.most), "node": cap.node} for cap in rubric.caps],
        "applies_to": [kind.value for kind in rubric.applies_to],
        "body_kind": rubric.body_kind and rubric.body_kind.value,
        "points_document": rubric.points_document,
        "cut_from": rubric.cut_from,
    }
    return {name: value for name, value in extras.items() if value}


def _part(part: Part) -> Json:
    declared = _maybe_points(part.declared_max)
    return {"code": part.code, "title": part.title, "declared_max": declared, "note": part.note}


def _section(section: Section) -> Json:
    return {
        "code": section.code,
        "part": section.part,
        "title": section.title,
        "declared_max": _maybe_points(section.declared_max),
        "note": section.note,
    }


_TEXTS = ("deadline", "funding", "responsible", "note", "print_note", "reference")


def _source_criterion(criterion: Criterion) -> Json:
    form: Json = {
        "code": criterion.code,
        "parent": criterion.parent,
        "title": criterion.title,
        "declared_max": _maybe_points(criterion.declared_max),
        "evidence": [_evidence(line) for line in criterion.evidence],
        **{name: getattr(criterion, name) for name in _TEXTS},
    }
    extras = {"applies_to": [kind.value for kind in criterion.applies_to], "place": criterion.place}
    return form | {name: value for name, value in extras.items() if value} | _leaf_fields(criterion)


def _leaf_fields(criterion: Criterion) -> Json:
    leaf = criterion.leaf
    if leaf is None:
        return {}
    return {
        "max_points": points_text(leaf.max_points),
        "rule": rule_to_json(leaf.rule),
        "not_applicable_clause": leaf.not_applicable_clause,
        "void_condition": leaf.void_condition,
        "due_period": leaf.due_period,
        **({} if leaf.effect is Effect.NORMAL else {"effect": leaf.effect.value}),
    }


def _shown_criterion(rubric: Rubric, criterion: Criterion) -> Json:
    without_leaf = {"rule": None, "not_applicable_clause": None, "void_condition": None, "due_period": None}
    return {
        **without_leaf,
        **_source_criterion(criterion),
        "section": criterion.section,
        "is_leaf": criterion.is_leaf,
        "max_points": points_text(rubric.max_points(criterion.code)),
    }


def _evidence(line: Evidence) -> Json:
    return {"text": line.text, "dates": line.dates, "brought_by_unit": line.brought_by_unit}


def _exclusion(exclusion: Exclusion) -> Json:
    return {
        "criteria": list(exclusion.criteria),
        "fact": exclusion.fact,
        "contradictions": sorted(list(pair) for pair in exclusion.contradictions),
    }


def rule_to_json(rule: Rule) -> Json:
    """Write a rule in the form of the contract; points and bounds as texts."""
    return {"kind": kind_of(rule), **_rule_fields(rule)}


def _rule_fields(rule: Rule) -> Json:  # noqa: C901 (one line a kind)
    match rule:
        case Levels(levels):
            return {"levels": [{"text": level.text, "points": points_text(level.points)} for level in levels]}
        case Checklist(items):
            return {"items": [_item(item) for item in items]}
        case Ratio(numerator, denominator, floor, empty):
            floor_text = None if floor is None else str(floor)
            names = {"numerator": numerator, "denominator": denominator}
            return {**names, "floor_percent": floor_text, "empty_denominator": empty.value}
        case Bands(measure, unit, bands, known_gaps):
            gaps = {"known_gaps": [str(gap) for gap in known_gaps]} if known_gaps else {}
            return {"measure": measure, "unit": unit, "bands": [_band(band) for band in bands], **gaps}
        case Count(of, points_by_count):
            return {"of": of, "points_by_count": [points_text(points) for points in points_by_count]}
        case Compare(of, higher, equal, lower):
            outcomes = {"higher": higher, "equal": equal, "lower": lower}
            return {"of": of, **{name: points_text(points) for name, points in outcomes.items()}}
        case External(source):
            return {"source": source}
        case Manual(step, reason):
            return {"step": points_text(step), "reason": reason}
    assert_never(rule)


def _item(item: Item) -> Json:
    due = {"due_period": item.due_period} if item.due_period else {}
    return {"text": item.text, "points": points_text(item.points), "ratio": item.is_ratio, **due}


def _band(band: Band) -> Json:
    bounds: Json = {
        "from": None if band.lower is None else str(band.lower),
        "to": None if band.upper is None else str(band.upper),
        "from_inclusive": band.includes_lower,
        "to_inclusive": band.includes_upper,
    }
    if band.linear is None:
        return {**bounds, "points": _maybe_points(band.points)}
    return {**bounds, "linear": {"factor": str(band.linear.factor), "constant": str(band.linear.constant)}}
