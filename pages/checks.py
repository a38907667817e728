"""Kiểm tra trước khi nộp."""

from ui import access, current
from ui.checks import page

user = access.require_user()
page.show(user, current.require_sheet(user))
