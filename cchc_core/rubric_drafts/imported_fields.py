"""What stands beside a row of a file, by the fields that such a row has in a draft; nothing of it is lost."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.model import Evidence
from cchc_core.rubric_drafts.model import Json
from cchc_core.rubric_drafts.words import NAMES
from cchc_core.rubric_in.model import ImportedNode, NodeKind


def imported_fields(node: ImportedNode) -> Json:
    """Give texts, evidence and kinds of bodies; what a part or a section has no field for goes into its note."""
    texts = {name: text for name, text in (node.texts or {}).items() if text.strip()}
    if node.kind is not NodeKind.CRITERION:
        note = "; ".join(_in_a_note(texts, node.evidence))
        return {"note": note} if note else {}
    fields: Json = dict(texts)
    if node.evidence:
        fields["evidence"] = [_evidence(each) for each in node.evidence]
    if node.applies_to:
        fields["applies_to"] = [kind.value for kind in node.applies_to]
    return fields


def with_kinds_of_sections(nodes: Iterable[ImportedNode]) -> Iterator[ImportedNode]:
    """Give a criterion right below a section, or a section, the kinds of bodies said above it, unless it says its own.

    Kinds are a matter of criteria; what a group says holds for all below it.
    """
    said: dict[str | None, tuple[BodyKind, ...]] = {}
    for node in nodes:
        own = node.applies_to or said.get(node.parent, ())
        if node.kind is not NodeKind.CRITERION:
            said[node.code] = own
        yield replace(node, applies_to=own)


def _in_a_note(texts: dict[str, str], evidence: Iterable[Evidence]) -> Iterator[str]:
    if "note" in texts:
        yield texts["note"]
    for name, text in texts.items():
        if name != "note":
            yield f"{NAMES.get(name, name)}: {text}"
    asked = "; ".join(each.text for each in evidence)
    if asked:
        yield f"{NAMES['evidence']}: {asked}"


def _evidence(evidence: Evidence) -> Json:
    return {"text": evidence.text, "dates": evidence.dates, "brought_by_unit": evidence.brought_by_unit}
