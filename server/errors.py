"""Nothing that goes wrong shows its insides: people get a sentence and a reference number, the log gets the rest."""

import secrets

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cchc_core.errors import CchcError
from server.html import message_page
from server.logs import LOGGER, one_line

_UNFORESEEN = (
    "Hệ thống gặp lỗi ngoài dự kiến nên chưa làm được việc này. Dữ liệu đã lưu không bị ảnh hưởng. "
    "Hãy tải lại trang; nếu vẫn lỗi, báo cho quản trị viên kèm mã dưới đây."
)


def new_reference() -> str:
    """Return a number short enough to read out on the telephone, e.g. `7K2M-9QXD`."""
    letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    digits = "".join(secrets.choice(letters) for _ in range(8))
    return f"{digits[:4]}-{digits[4:]}"


class ErrorPages:
    """Turns an error that no route handled into a Vietnamese page.

    This stands inside the middleware on purpose: an exception handler of Starlette answers outside of it, without the
    security headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_started = False

        async def watch(message: Message) -> None:
            nonlocal has_started
            has_started = has_started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:
            reference = new_reference()
            LOGGER.exception(
                "request failed reference=%s method=%s path=%s", reference, scope["method"], one_line(scope["path"])
            )
            if has_started:  # Half an answer is out: only breaking the connection tells the browser.
                raise
            await _error_page(error, reference)(scope, receive, send)


def _error_page(error: Exception, reference: str) -> ASGIApp:
    said = str(error) if isinstance(error, CchcError) else _UNFORESEEN
    return message_page(500, "Có lỗi khi xử lý yêu cầu", said, reference=reference)


def report_script_error(error: Exception) -> bool:
    """Show a short Vietnamese message where a page failed, and keep the traceback in the log."""
    import streamlit as st  # A page is running, so it is loaded; the log and the tests do without.

    if isinstance(error, CchcError):
        st.error(str(error))
        return True
    reference = new_reference()
    LOGGER.error("page failed reference=%s", reference, exc_info=error)
    st.error(
        "Có lỗi khi hiển thị trang này. Những gì đã báo là đã lưu vẫn còn nguyên. Hãy tải lại trang; nếu vẫn lỗi, "
        f"báo cho quản trị viên kèm mã **{reference}**."
    )
    return True
