"""A browser without a screen: real HTTP, cookies kept, every header ours to choose."""

import html
import re
import socket
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection
from urllib.parse import urlencode


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Message
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def cookies(self) -> dict[str, str]:
        """Return the whole Set-Cookie line of each cookie, by name."""
        lines = self.headers.get_all("set-cookie") or []
        return {line.partition("=")[0]: line for line in lines}


@dataclass
class Browser:
    """Keeps the cookies that one server gave it."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        form = {"content-type": "application/x-www-form-urlencoded", "origin": f"http://localhost:{self.port}"}
        return self.send("POST", path, urlencode(fields).encode(), {**form, **headers})

    def send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        """Send one request; header names are given with underscores."""
        named = {"host": f"localhost:{self.port}"} | {name.replace("_", "-"): text for name, text in headers.items()}
        if self.cookies:
            named["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=body, headers=named)
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            connection.close()
        self._keep(answer)
        return answer

    def sign_in(self, role: str, next_path: str = "/") -> Answer:
        """Click the button of a role on the sign-in page."""
        page = self.get(f"/dang-nhap?{urlencode({'tiep': next_path})}").text
        return self.post("/dang-nhap", {**hidden_fields(page), "nguoi_dung": buttons(page)[role]})

    def _keep(self, answer: Answer) -> None:
        for name, line in answer.cookies().items():
            value = line.partition("=")[2].partition(";")[0].strip('"')
            if "max-age=0" in line.casefold():
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value


def hidden_fields(page: str) -> dict[str, str]:
    """Return the hidden fields of the form on a page."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


def buttons(page: str) -> dict[str, str]:
    """Return the value of each role's button, by the words on it."""
    found = re.findall(r'<button name="nguoi_dung" value="([^"]*)">\s*<span class="role">([^<]*)</span>', page)
    return {html.unescape(role): html.unescape(value) for value, role in found}


def free_port() -> int:
    """Return a port that nobody listens at just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
