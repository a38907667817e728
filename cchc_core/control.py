"""How the command line reaches the server that holds the database open.

DuckDB lets one process open a file. While the server runs, a command is therefore sent to it over the loopback, with
a token that only the owner of the data directory can read; with no server the command opens the file itself.

The file `control.json` of the data directory: `{"pid": 4711, "port": 8501, "token": "…"}`.
"""

import errno
import json
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from typing import Any, Final

from cchc_core.errors import CchcError, Refused

APP_NAME: Final = "bang-diem-cchc"
ALIVE_PATH: Final = "/cchc/alive"
CONTROL_PATH: Final = "/cchc/control"

# The operating system's own words are English.
_CAUSES: Final = {
    errno.ENOENT: "thư mục không tồn tại",
    errno.ENOTDIR: "đường dẫn đi qua một tệp chứ không phải thư mục",
    errno.EISDIR: "đã có thư mục mang tên này",
    errno.EACCES: "không có quyền ghi",
    errno.EPERM: "không có quyền ghi",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.ENAMETOOLONG: "tên tệp quá dài",
}
_HOST = "127.0.0.1"
_ALIVE_SECONDS = 5
_COMMAND_SECONDS = 600


class CommandRefused(Refused):
    """The server answered why it does not do what was asked; its sentence is passed on as it stands."""

    code = "DK-01"

    def __init__(self, answer: str) -> None:
        self._answer = answer
        super().__init__("Máy chủ")

    @property
    def message(self) -> str:
        """The server's own words."""
        return self._answer


class ServerUnreachable(CchcError):
    """The connection to the server broke before it answered; whether the command ran is unknown."""

    code = "DK-02"
    what = "mất kết nối với máy chủ đang chạy ở cổng {port}"
    remedy = "Hãy kiểm tra máy chủ rồi chạy lại lệnh."


class CannotWrite(CchcError):
    """The file that a command was to write cannot be written."""

    code = "DK-07"
    what = "không ghi được tệp ({cause})"
    remedy = "Hãy sửa đường dẫn hoặc chọn chỗ ghi khác, rồi chạy lại."


class NoData(Refused):
    """There is no data directory of the product where the command was told to look."""

    code = "DK-08"
    what = "chưa có dữ liệu ở đây"
    remedy = "Hãy chạy chương trình một lần để tạo dữ liệu, hoặc ghi đúng thư mục bằng --data."


@dataclass(frozen=True)
class RunningServer:
    """Where the server of a data directory listens, and the secret that it takes commands with."""

    pid: int
    port: int
    token: str


@dataclass(frozen=True)
class CommandResult:
    """What a command gives back: the bytes of a file, or a value that JSON can hold."""

    content: bytes | None = None
    data: object = None


def new_token() -> str:
    """Return a secret that cannot be guessed."""
    return secrets.token_urlsafe(32)


def control_file(data_dir: Path) -> Path:
    """Return the path of the control file of a data directory."""
    return data_dir / "control.json"


def write_control_file(data_dir: Path, server: RunningServer) -> None:
    """Say where the server listens, readable by the owner alone from the first moment on."""
    path = control_file(data_dir)
    draft = path.with_name(f"{path.name}.{server.pid}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(asdict(server), stream)
    draft.replace(path)


def remove_control_file(data_dir: Path, server: RunningServer) -> None:
    """Take the file away unless another server has written its own meanwhile."""
    if read_control_file(data_dir) == server:
        control_file(data_dir).unlink(missing_ok=True)


def read_control_file(data_dir: Path) -> RunningServer | None:
    """Return what the control file says; None when there is none or it makes no sense."""
    try:
        raw = json.loads(control_file(data_dir).read_text(encoding="utf-8"))
        return RunningServer(pid=int(raw["pid"]), port=int(raw["port"]), token=str(raw["token"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def find_server(data_dir: Path) -> RunningServer | None:
    """Return the server of a data directory if its process lives and its port answers as this product."""
    server = read_control_file(data_dir)
    if server is None or not _is_process_alive(server.pid):
        return None
    return server if _answers(server.port) else None


def send_command(server: RunningServer, name: str, arguments: Mapping[str, str]) -> CommandResult:
    """Let the server run a command.

    Raises:
        CommandRefused: the server says, in Vietnamese, why it does not.
        ServerUnreachable: no answer came; whether the command ran is unknown.
    """
    body = json.dumps({"command": name, "arguments": dict(arguments)}).encode()
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}
    connection = HTTPConnection(_HOST, server.port, timeout=_COMMAND_SECONDS)
    try:
        connection.request("POST", CONTROL_PATH, body=body, headers=headers)
        return _read_result(connection.getresponse())
    except (OSError, HTTPException) as error:
        raise ServerUnreachable("Lệnh", port=server.port) from error
    finally:
        connection.close()


def export_workbook(data_dir: Path, out: Path, *, rubric: str, unit: str, period: str) -> None:
    """Write the scored workbook of an assessment to a file, through the server if one runs on the data directory.

    An existing file is replaced only once the whole workbook is there.

    Raises:
        CchcError: no such assessment, no database, or the file cannot be written.
    """
    result = ask(data_dir, "export", {"rubric": rubric, "unit": unit, "period": period})
    write_file(out, result.content or b"")


def write_file(out: Path, content: bytes) -> None:
    """Write a file at once: an existing one is replaced only when all is there. Raises CannotWrite."""
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(out)
    except OSError as error:
        draft.unlink(missing_ok=True)
        cause = _CAUSES.get(error.errno or 0, f"mã lỗi hệ thống {error.errno}")
        raise CannotWrite(f"Tệp {out}", cause=cause) from error


def verify_data(data_dir: Path) -> Any:
    """Let everything stored be checked, through the server if one runs on the data directory.

    Gives ``{"log_lines": N, "answers": N, "findings": [{"code", "message"}]}``. Raises CchcError where there is no
    data or it cannot be opened.
    """
    return ask(data_dir, "verify", {}).data


def ask(data_dir: Path, name: str, arguments: Mapping[str, str]) -> CommandResult:
    """Run a command on a data directory, through the server if one runs on it.

    Raises:
        CchcError: there is no data, it cannot be opened, or why the command cannot be done.
    """
    server = find_server(data_dir)
    if server is not None:
        return send_command(server, name, arguments)
    # Only without a server does the command line need the database and all that comes with it.
    from cchc_core import commands, workspace

    own = data_dir / workspace.DATABASE_NAME
    sample = data_dir / workspace.SAMPLE_FOLDER / workspace.DATABASE_NAME
    if not own.exists() and not sample.exists():
        raise NoData(f"Thư mục {data_dir}")
    try:
        return commands.run_command(workspace.open_workspace(data_dir), name, arguments)
    finally:
        workspace.close_workspace()


def _read_result(response: HTTPResponse) -> CommandResult:
    content = response.read()
    is_json = response.headers.get_content_type() == "application/json"
    if response.status == 200:
        return CommandResult(data=json.loads(content)) if is_json else CommandResult(content=content)
    raise CommandRefused(_refusal(content) if is_json else f"Máy chủ từ chối lệnh (mã HTTP {response.status}).")


def _refusal(content: bytes) -> str:
    try:
        return str(json.loads(content)["error"])
    except (ValueError, TypeError, KeyError):
        return "Máy chủ từ chối lệnh mà không nêu lý do."


def _answers(port: int) -> bool:
    connection = HTTPConnection(_HOST, port, timeout=_ALIVE_SECONDS)
    try:
        connection.request("GET", ALIVE_PATH)
        answer = json.loads(connection.getresponse().read())
        return isinstance(answer, dict) and answer.get("app") == APP_NAME
    except (OSError, HTTPException, ValueError):
        return False
    finally:
        connection.close()


def _is_process_alive(pid: int) -> bool:
    if sys.platform == "win32":  # There os.kill(pid, 0) ends the process; whether the port answers must do.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
