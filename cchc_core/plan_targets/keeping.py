"""What people do with the targets of their plans, and what happens to targets along with a plan."""

from cchc_core.plan_targets.rows import add_for_plan, copy_for_plan, end_for_plan

__all__ = ["add_for_plan", "copy_for_plan", "end_for_plan"]
