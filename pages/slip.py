"""Phiếu Excel."""

from ui import access, current
from ui.slip import page

user = access.require_user()
page.show(user, current.require_sheet(user))
