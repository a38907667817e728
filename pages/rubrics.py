"""Bộ tiêu chí."""

from ui import access, rubrics_view

access.require_user()
rubrics_view.show()
