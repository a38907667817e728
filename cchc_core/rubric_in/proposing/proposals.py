"""One proposal for a leaf."""

from collections.abc import Sequence
from decimal import Decimal

from cchc_core.rubric_in.model import ImportedNode, Proposal
from cchc_core.rules.decimals import format_points
from cchc_core.rules.kinds import Level, Levels


def propose(node: ImportedNode, path: Sequence[str]) -> Proposal:
    """Propose the rule of a leaf from its title, its printed lines and the titles above it (``path``, top first).

    The points of a rule are always printed ones or settled by the maximum; where neither is so, ``rule`` is None and
    the reason says what is missing. The same leaf always gives the same proposal.
    """
    lines = [line for line in node.lines if line.points is not None]
    points = [line.points for line in lines if line.points is not None]
    if len(lines) < 2 or max(points) != node.max_points:
        return Proposal(None, 0.0, "Không đọc được cách tính từ các dòng in.")
    levels = tuple(Level(line.text, line.points or Decimal(0)) for line in lines)
    shown = "; ".join(format_points(value) for value in points)
    return Proposal(
        Levels(levels),
        0.9,
        f"{len(lines)} dòng in điểm {shown}: mỗi dòng là một mức, mức cao nhất bằng điểm tối đa {format_points(max(points))}.",
    )
