"""Reading the body of a request without letting its sender decide how much memory that takes."""

from urllib.parse import parse_qsl

from starlette.requests import Request


class BodyTooLarge(Exception):
    """The body is longer than this route has any use for."""


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body, at most `limit` bytes.

    Raises:
        BodyTooLarge: more came, whatever the Content-Length had said.
    """
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > limit:
            raise BodyTooLarge
    return bytes(content)


async def read_form(request: Request, limit: int = 8_192) -> dict[str, str]:
    """Return the fields of a plain HTML form; of a repeated field the last."""
    text = (await read_body(request, limit)).decode("utf-8", "replace")
    return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=20))
