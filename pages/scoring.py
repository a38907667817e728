"""Chấm điểm."""

from ui import access, current, scoring_view

user = access.require_user()
scoring_view.show(user, current.require_sheet(user))
