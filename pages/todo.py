"""Việc cần làm."""

from ui import access
from ui.todo import page

page.show(access.require_user())
