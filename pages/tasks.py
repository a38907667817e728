"""Nhiệm vụ."""

from ui import access
from ui.tasks import page

page.show(access.require_user())
