"""Tiêu chí mất điểm."""

from ui import access, current, lost_view

user = access.require_user()
lost_view.show(user, current.require_sheet(user))
