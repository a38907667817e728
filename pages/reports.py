"""Báo cáo và xuất."""

from ui import access, current, reports_view

user = access.require_user()
reports_view.show(user, current.require_sheet(user))
