"""Bảng điểm."""

from ui import access, current, board_view

user = access.require_user()
board_view.show(user, current.require_sheet(user))
