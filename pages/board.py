"""Bảng điểm."""

from ui import access, board_view, current

user = access.require_user()
board_view.show(user, current.require_sheet(user))
