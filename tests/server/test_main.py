import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_core.control import control_file, find_server
from server.readiness import shown_address
from tests.server.client import Browser, free_port
from tests.server.conftest import ROOT, wait_for_server


def start(data_dir: Path, port: int, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "server", "--port", str(port), "--data", str(data_dir), *more]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def first_line(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], 60)
    return process.stdout.readline().decode() if ready else ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_once_it_answers_and_ends_quietly(tmp_path: Path, number: signal.Signals) -> None:
    port = free_port()
    with start(tmp_path, port) as process:
        line = first_line(process)
        answer = Browser(port).get("/cchc/alive")
        second = subprocess.run(
            [sys.executable, "-m", "server", "--port", str(free_port()), "--data", str(tmp_path)],
            cwd=ROOT,
            capture_output=True,
            timeout=60,
            check=False,
        )
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert f"Bảng điểm CCHC đang chạy tại http://localhost:{port}" in line
    assert answer.status == 200
    assert second.returncode == 1
    assert second.stderr.decode().count("\n") == 1
    assert f"đã chạy với thư mục dữ liệu này rồi, tại http://localhost:{port}" in second.stderr.decode()
    assert (process.returncode, out, err) == (0, b"", b"")
    assert not control_file(tmp_path).exists()
    assert "stopped" in (tmp_path / "log" / "cchc.log").read_text(encoding="utf-8")


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with start(tmp_path, port) as process:
            _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.decode().count("\n") == 1
    assert f"Không mở được cổng {port}" in err.decode()


def test_a_data_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("không phải thư mục", encoding="utf-8")
    with start(tmp_path / "tep", free_port()) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.decode().count("\n") == 1
    assert "Traceback" not in err.decode()


def test_streamlit_run_serves_the_whole_product(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(free_port()),
        "--server.headless",
        "true",
        "--server.address",
        "127.0.0.1",
        "--logger.hideWelcomeMessage",
        "true",
    ]
    environment = {**os.environ, "CCHC_DATA": str(tmp_path)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        server = wait_for_server(tmp_path, process)
        page = Browser(server.port).get("/cham-diem").text
        process.terminate()
        process.wait(timeout=30)
    assert '<html lang="vi">' in page
    assert find_server(tmp_path) is None
    assert not control_file(tmp_path).exists()


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("127.0.0.1", "http://localhost:8501"),
        ("0.0.0.0", "http://localhost:8501"),  # noqa: S104 - shown, not bound to
        ("::", "http://localhost:8501"),
        ("10.0.0.5", "http://10.0.0.5:8501"),
        ("2001:db8::5", "http://[2001:db8::5]:8501"),
        ("may-chu", "http://may-chu:8501"),
    ],
)
def test_the_address_shown_is_one_to_type_into_a_browser(address: str, shown: str) -> None:
    assert shown_address(address, 8501) == shown


def test_with_no_server_the_command_line_opens_the_data_itself(tmp_path: Path) -> None:
    with start(tmp_path, free_port()) as process:
        first_line(process)
        process.terminate()
        process.communicate(timeout=30)
    wanted = ["--rubric", "soctrang-tttt-2022", "--unit", "Sở Thông tin", "--period", "q3"]
    out = tmp_path / "a.xlsx"
    command = [sys.executable, "-m", "cchc_core", "export", *wanted, "--out", str(out), "--data", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert out.read_bytes().startswith(b"PK")


def test_an_address_without_the_loopback_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with start(tmp_path, free_port(), "--address", "192.0.2.7") as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.decode().count("\n") == 1
    assert "--address 0.0.0.0" in err.decode()


def test_what_the_core_warns_of_while_it_opens_stands_in_the_log_file_and_not_on_the_console(tmp_path: Path) -> None:
    program = (
        "import logging, sys; from pathlib import Path; from server.logs import open_log; import cchc_core;"
        "logging.getLogger('cchc_core.store.recovery').warning('before the file is open');"
        "open_log(Path(sys.argv[1]));"
        "logging.getLogger('cchc_core.store.recovery').warning('the log is damaged')"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, capture_output=True, timeout=60, check=True
    )
    assert (said.stdout, said.stderr) == (b"", b"")
    assert "WARNING cchc_core.store.recovery the log is damaged" in (tmp_path / "log" / "cchc.log").read_text()
