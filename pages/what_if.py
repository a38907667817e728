"""Thử điểm."""

from ui import access, current, what_if_view

user = access.require_user()
what_if_view.show(user, current.require_sheet(user))
