"""Bắt đầu: what is here, and the next step."""

from ui import access, home_view

home_view.show(access.require_user())
