"""Bộ tiêu chí."""

from ui import access
from ui.rubrics import page

page.show(access.require_user())
