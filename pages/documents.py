"""Tài liệu kiểm chứng."""

from ui import access
from ui.documents import view

view.show(access.require_user())
