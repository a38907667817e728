"""Chỉ tiêu."""

from ui import access
from ui.indicators import page

page.show(access.require_user())
