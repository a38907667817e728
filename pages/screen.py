"""Màn hình lớn."""

from ui import access, screen_view

screen_view.show(access.current_screen())
