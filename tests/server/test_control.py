import json
import os
import stat
from pathlib import Path

import pytest

from cchc_core.control import (
    CommandRefused,
    RunningServer,
    ServerUnreachable,
    control_file,
    find_server,
    read_control_file,
    remove_control_file,
    send_command,
    verify_data,
    write_control_file,
)
from tests.server.client import Answer, Browser, free_port
from tests.server.conftest import Served


def send(served: Served, body: object, token: str | None = None, **headers: str) -> Answer:
    """Post to the control route as the command line does, or nearly."""
    bearer = {"authorization": f"Bearer {served.control.token if token is None else token}"}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Browser(served.port).send("POST", "/cchc/control", content, {**bearer, **headers})


def test_the_server_says_that_it_is_there_and_nothing_else(browser: Browser) -> None:
    answer = json.loads(browser.get("/cchc/alive").content)
    assert answer["app"] == "bang-diem-cchc"
    assert set(answer) == {"app", "version"}


def test_the_control_file_is_for_its_owner_alone(served: Served) -> None:
    mode = stat.S_IMODE(control_file(served.data_dir).stat().st_mode)
    assert mode == 0o600


def test_a_token_that_is_not_the_servers_is_refused(served: Served) -> None:
    for token in ("", "x", served.control.token + "x", served.control.token[:-1], "đ"):
        answer = send(served, {"command": "export"}, token.encode().decode("latin-1"))
        assert answer.status == 401
        assert "error" in json.loads(answer.content)


def test_a_command_without_any_token_is_refused(served: Served) -> None:
    answer = Browser(served.port).send("POST", "/cchc/control", b"{}", {})
    assert answer.status == 401


def test_a_session_is_no_token(served: Served, browser: Browser) -> None:
    browser.sign_in("Quản trị")
    assert browser.send("POST", "/cchc/control", b"{}", {}).status == 401


def test_the_right_token_under_a_foreign_host_name_is_refused(served: Served) -> None:
    assert send(served, {"command": "export"}, host="evil.example").status == 403
    assert send(served, {"command": "export"}, x_forwarded_for="203.0.113.5").status == 403


def test_an_unknown_command_is_named(served: Served) -> None:
    answer = send(served, {"command": "format-disk", "arguments": {}})
    assert answer.status == 400
    assert "format-disk" in json.loads(answer.content)["error"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"export"', b"\xff", {"command": 1}, {"command": "export", "arguments": [1]}]
)
def test_a_body_that_is_no_command_is_refused(served: Served, body: object) -> None:
    assert send(served, body).status == 400


def test_a_body_without_end_is_refused(served: Served) -> None:
    assert send(served, b"x" * (1024 * 1024 + 1)).status == 413


def test_the_client_passes_the_servers_refusal_on(served: Served) -> None:
    with pytest.raises(CommandRefused, match="format-disk"):
        send_command(served.control, "format-disk", {})


def test_a_running_server_checks_what_it_holds_open(served: Served) -> None:
    report = verify_data(served.data_dir)
    assert report["findings"] == []
    assert report["log_lines"] > 0


def test_a_connection_that_breaks_says_what_to_do() -> None:
    with pytest.raises(ServerUnreachable, match="Hãy kiểm tra máy chủ"):
        send_command(RunningServer(os.getpid(), free_port(), "t"), "export", {})


def test_a_server_that_answers_is_found(served: Served) -> None:
    assert find_server(served.data_dir) == served.control


def test_a_file_left_behind_by_a_dead_server_counts_for_nothing(tmp_path: Path, served: Served) -> None:
    write_control_file(tmp_path, RunningServer(_dead_process(), served.port, "t"))
    assert find_server(tmp_path) is None


def test_a_port_that_nobody_or_somebody_else_answers_at_counts_for_nothing(tmp_path: Path) -> None:
    write_control_file(tmp_path, RunningServer(os.getpid(), free_port(), "t"))
    assert find_server(tmp_path) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"pid": "x", "port": 1, "token": "t"}', "\x00"])
def test_a_broken_control_file_counts_for_nothing(tmp_path: Path, text: str) -> None:
    control_file(tmp_path).write_text(text, encoding="utf-8")
    assert find_server(tmp_path) is None


def test_a_server_takes_away_only_its_own_control_file(tmp_path: Path) -> None:
    old, new = RunningServer(1, 8501, "old"), RunningServer(2, 8502, "new")
    write_control_file(tmp_path, old)
    write_control_file(tmp_path, new)
    remove_control_file(tmp_path, old)
    assert read_control_file(tmp_path) == new
    remove_control_file(tmp_path, new)
    assert list(tmp_path.iterdir()) == []


def _dead_process() -> int:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return child
