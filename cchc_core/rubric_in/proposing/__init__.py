"""What the wording of a leaf seems to ask: a rule with its reason, which holds only once a person confirms it.

>>> from decimal import Decimal
>>> from cchc_core.rubric_in.model import ImportedNode, NodeKind, PrintedLine
>>> lines = (PrintedLine("Có ban hành", Decimal(1)), PrintedLine("Không ban hành", Decimal(0)))
>>> node = ImportedNode("1.1", NodeKind.CRITERION, "1", "Ban hành kế hoạch", Decimal(1), "dòng 5", lines)
>>> propose(node, ("Chỉ đạo, điều hành",)).reason
'2 dòng in điểm 1,0000; 0,0000: mỗi dòng là một mức, mức cao nhất bằng điểm tối đa 1,0000.'
"""

from cchc_core.rubric_in.proposing.proposals import propose

__all__ = ["propose"]
