"""The two commands: what a person at a console is told, and when the environment is built."""

import ast
import http.server
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import pytest

import manage

ROOT = Path(__file__).parents[1]
NOBODY = 65534


def run_manage(*arguments: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(root / "manage.py"), *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd=tempfile.gettempdir(),
    )


def assert_one_sentence(done: subprocess.CompletedProcess[str], *parts: str, code: int = 1) -> None:
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    for part in parts:
        assert part in done.stderr


class Alive(http.server.BaseHTTPRequestHandler):
    """Answers like the app, or like something else."""

    app = manage.APP_NAME

    def do_GET(self) -> None:
        body = json.dumps({"app": self.app}).encode() if self.path == manage.ALIVE_PATH else b"{}"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Stranger(Alive):
    app = "chương trình khác"


@contextmanager
def serving(handler: type[Alive]) -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# Talking to a person


@pytest.mark.parametrize("arguments", [(), ("--help",), ("run", "-h"), ("test", "--help")])
def test_help_is_vietnamese_and_names_every_option(arguments: tuple[str, ...]) -> None:
    done = run_manage(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert "tự chấm điểm cải cách hành chính" in done.stdout
    for option in ("run", "test", "--port", "--address", "--data", "--no-sample"):
        assert option in done.stdout


def test_help_can_be_printed_where_the_console_is_not_unicode() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py")],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert "Bảng điểm CCHC" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("chay",), "Không có lệnh “chay”"),
        (("run", "--cong", "1"), "Không hiểu tùy chọn “--cong”"),
        (("run", "--no-sample=1"), "Không hiểu tùy chọn “--no-sample”"),
        (("run", "--port"), "--port thiếu giá trị"),
        (("run", "--data", "--no-sample"), "--data thiếu giá trị"),
        (("run", "--port", "0"), "Cổng “0” không hợp lệ"),
        (("run", "--port", "65536"), "Cổng “65536” không hợp lệ"),
        (("run", "--port=tám"), "Cổng “tám” không hợp lệ"),
        (("test", "-k", "manage"), "phải đứng sau “--”"),
    ],
)
def test_a_mistyped_command_is_one_sentence(arguments: tuple[str, ...], part: str) -> None:
    assert_one_sentence(run_manage(*arguments), part, code=2)


def test_options_are_read_with_a_space_or_an_equals_sign(tmp_path: Path) -> None:
    options = manage.parse_run(["--port=9000", "--address", "0.0.0.0", "--data", str(tmp_path), "--no-sample"])  # noqa: S104
    assert options == manage.RunOptions(9000, "0.0.0.0", tmp_path, with_sample=False)  # noqa: S104
    assert manage.parse_run([]) == manage.RunOptions(8501, "127.0.0.1", ROOT / "var", with_sample=True)


# What the machine must offer


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 9), (3, 10)])
def test_an_old_python_is_refused_with_what_is_needed(version: tuple[int, int]) -> None:
    with pytest.raises(manage.Refused, match=r"Cần Python 3\.11 trở lên, đây là Python \d"):
        manage.check_python(version)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 20), (4, 0)])
def test_a_python_that_is_new_enough_passes(version: tuple[int, int]) -> None:
    manage.check_python(version)


def test_an_old_python_can_read_the_file_far_enough_to_say_so() -> None:
    source = (ROOT / "manage.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    for function in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)):
        for noted in [function.returns, *(argument.annotation for argument in function.args.args)]:
            assert not isinstance(noted, (ast.Subscript, ast.BinOp)), f"{function.name}: quote this annotation"


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_what_to_install(missing: str, tmp_path: Path) -> None:
    copy = fresh_copy(tmp_path)
    stub = (
        "import importlib.util, runpy, sys\n"
        "find = importlib.util.find_spec\n"
        f"importlib.util.find_spec = lambda name, *rest: None if name == {missing!r} else find(name, *rest)\n"
        "sys.argv = ['manage.py', 'test']\n"
        f"runpy.run_path({str(copy / 'manage.py')!r}, run_name='__main__')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", stub], capture_output=True, encoding="utf-8", timeout=60, check=False, cwd=copy
    )
    assert_one_sentence(done, "thiếu phần venv", "apt-get install python3-venv")
    assert not (copy / ".venv").exists()


def test_a_port_of_another_program_is_named_with_a_way_out(tmp_path: Path) -> None:
    with serving(Stranger) as port:
        done = run_manage("run", "--port", str(port), "--data", str(tmp_path))
    assert_one_sentence(done, f"Cổng {port} đang bị chương trình khác dùng", f"--port {port + 1}")


def test_a_port_that_never_answers_is_taken_all_the_same(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        done = run_manage("run", "--port", str(port), "--data", str(tmp_path))
    assert_one_sentence(done, f"Cổng {port} đang bị chương trình khác dùng")


def test_a_copy_on_the_same_port_is_recognised_and_its_address_given(tmp_path: Path) -> None:
    with serving(Alive) as port:
        done = run_manage("run", "--port", str(port), "--data", str(tmp_path))
    assert_one_sentence(done, "Chương trình đang chạy rồi", f"http://localhost:{port}")


def test_a_copy_on_the_same_data_is_recognised_whatever_its_port(tmp_path: Path, closed_port: int) -> None:
    with serving(Alive) as port:
        (tmp_path / "control.json").write_text(json.dumps({"pid": os.getpid(), "port": port, "token": "x"}))
        done = run_manage("run", "--port", str(closed_port), "--data", str(tmp_path))
    assert_one_sentence(done, "đang chạy với thư mục dữ liệu này rồi", f"http://localhost:{port}")


@pytest.mark.parametrize("left", ["", "[]", "{}", '{"pid": "x", "port": 1}', '{"pid": 99999999, "port": 1}'])
def test_what_a_killed_server_left_behind_is_no_running_copy(left: str, tmp_path: Path) -> None:
    (tmp_path / "control.json").write_text(left, encoding="utf-8")
    manage.check_second_copy(tmp_path, "127.0.0.1")


def test_another_program_on_the_port_of_a_dead_server_is_no_running_copy(tmp_path: Path) -> None:
    with serving(Stranger) as port:
        (tmp_path / "control.json").write_text(json.dumps({"pid": os.getpid(), "port": port, "token": "x"}))
        manage.check_second_copy(tmp_path, "127.0.0.1")


@pytest.mark.parametrize("address", ["192.0.2.1", "khong.co.may.nay.invalid", "a" * 70])
def test_an_address_of_another_machine_is_refused(address: str, closed_port: int) -> None:
    with pytest.raises(manage.Refused, match="Không dùng được địa chỉ"):
        manage.check_port(address, closed_port)


def test_a_free_port_passes(closed_port: int) -> None:
    manage.check_port("127.0.0.1", closed_port)


def test_a_low_port_without_the_right_to_it_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(self: socket.socket, place: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", forbid)
    with pytest.raises(manage.Refused, match="không cho mở cổng 80"):
        manage.check_port("127.0.0.1", 80)


# Folders


@pytest.fixture
def readable_folder() -> Iterator[Path]:
    """A folder that everybody can enter, unlike pytest's own ones."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def fresh_copy(folder: Path) -> Path:
    """Lay out what manage.py finds in a fresh clone."""
    for name in ("manage.py", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def run_without_rights(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user who may read the folder and no more; root, who runs CI, may write everywhere."""
    drop = (
        "import encodings.idna, os, sys\n"  # loaded now: this user may not be let into Python's own folder
        "import manage\n"
        "if os.getuid() == 0:\n"
        f"    os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})\n"
        "sys.exit(manage.main(sys.argv[1:]))\n"
    )
    return subprocess.run(
        [sys.executable, "-B", "-c", drop, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd=folder,
    )


def test_a_project_folder_without_write_permission_is_one_sentence(readable_folder: Path, closed_port: int) -> None:
    copy = fresh_copy(readable_folder)
    copy.chmod(0o555)
    done = run_without_rights(copy, "run", "--port", str(closed_port))
    copy.chmod(0o755)
    assert_one_sentence(done, f"Không ghi được vào thư mục {copy.resolve()}", "cấp quyền ghi")


def test_a_data_folder_without_write_permission_is_one_sentence(readable_folder: Path, closed_port: int) -> None:
    copy = fresh_copy(readable_folder)
    pretend_installed(copy, "run")
    data = copy / "du-lieu"
    data.mkdir(mode=0o555)
    done = run_without_rights(copy, "run", "--port", str(closed_port), "--data", str(data))
    assert_one_sentence(done, f"Không ghi được vào thư mục {data.resolve()}", "cấp quyền ghi")


def test_a_data_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "du-lieu").write_text("", encoding="utf-8")
    with pytest.raises(manage.Refused, match="Không ghi được vào thư mục"):
        manage.check_writable(tmp_path / "du-lieu")


def test_a_folder_that_can_be_written_is_made_and_left_empty(tmp_path: Path) -> None:
    manage.check_writable(tmp_path / "mot" / "hai")
    assert list((tmp_path / "mot" / "hai").iterdir()) == []


# The virtual environment


def pretend_installed(root: Path, *purposes: str) -> manage.Environment:
    """Leave behind what a finished install leaves."""
    environment = manage.Environment(root)
    environment.python.parent.mkdir(parents=True, exist_ok=True)
    environment.python.touch()
    for purpose in purposes:
        environment._stamp(purpose).write_text(environment._fingerprint(purpose), encoding="utf-8")
    return environment


class Installs:
    """Stands where venv and pip would run: notes what was started, and goes wrong when told to."""

    def __init__(self, environment: manage.Environment) -> None:
        self.started: list[str] = []
        self.error: BaseException | None = None
        self._environment = environment

    def __call__(self, command: list[str], see: Callable[[str], None], failure: str) -> None:
        self.started.append("venv" if "venv" in command else Path(command[-1]).name)
        if "venv" in command:
            self._environment.python.parent.mkdir(parents=True)
            self._environment.python.touch()
        elif self.error is not None:
            raise self.error


@pytest.fixture
def environment(tmp_path: Path) -> manage.Environment:
    return manage.Environment(fresh_copy(tmp_path))


@pytest.fixture
def installs(environment: manage.Environment, monkeypatch: pytest.MonkeyPatch) -> Installs:
    fake = Installs(environment)
    monkeypatch.setattr(environment, "_run_logged", fake)
    return fake


def change(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + "them==1.0\n", encoding="utf-8")


def test_run_installs_what_running_needs_and_no_more(environment: manage.Environment, installs: Installs) -> None:
    environment.prepare("run")
    assert installs.started == ["venv", "requirements.txt"]
    assert environment.is_ready("run")
    assert not environment.is_ready("test")


def test_started_again_it_touches_nothing(environment: manage.Environment, installs: Installs, tmp_path: Path) -> None:
    environment.prepare("run")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    installs.started.clear()
    environment.prepare("run")
    assert installs.started == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_the_test_packages_are_added_to_what_is_there(environment: manage.Environment, installs: Installs) -> None:
    environment.prepare("run")
    environment.prepare("test")
    assert installs.started == ["venv", "requirements.txt", "requirements-dev.txt"]
    assert environment.is_ready("run")
    assert environment.is_ready("test")


def test_an_environment_made_for_tests_also_runs(environment: manage.Environment, installs: Installs) -> None:
    environment.prepare("test")
    environment.prepare("run")
    assert installs.started == ["venv", "requirements-dev.txt"]


def test_changed_requirements_build_it_anew(
    environment: manage.Environment, installs: Installs, tmp_path: Path
) -> None:
    environment.prepare("test")
    stray = environment.folder / "goi-cu"
    stray.touch()
    change(tmp_path / "requirements.txt")
    assert not environment.is_ready("run")
    assert not environment.is_ready("test")
    environment.prepare("run")
    assert environment.is_ready("run")
    assert not environment.is_ready("test")
    assert not stray.exists()


def test_changed_test_requirements_do_not_disturb_who_runs(
    environment: manage.Environment, installs: Installs, tmp_path: Path
) -> None:
    environment.prepare("test")
    change(tmp_path / "requirements-dev.txt")
    assert environment.is_ready("run")
    environment.prepare("test")
    assert installs.started == ["venv", "requirements-dev.txt"] * 2


def test_another_python_builds_it_anew(environment: manage.Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_installed(environment.folder.parent, "run")
    assert environment.is_ready("run")
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    assert not environment.is_ready("run")


def test_an_environment_whose_python_is_gone_is_not_ready(environment: manage.Environment) -> None:
    pretend_installed(environment.folder.parent, "run")
    environment.python.unlink()
    environment.python.symlink_to("/khong/con/python3")
    assert not environment.is_ready("run")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), manage.Refused("mất mạng"), OSError(28, "No space left")])
def test_an_interrupted_install_leaves_no_stamp(
    error: BaseException, environment: manage.Environment, installs: Installs, tmp_path: Path
) -> None:
    environment.prepare("run")
    change(tmp_path / "requirements.txt")
    installs.error = error
    with pytest.raises(type(error)):
        environment.prepare("run")
    assert not list(environment.folder.glob("*.stamp"))
    installs.error = None
    environment.prepare("run")
    assert installs.started[-2:] == ["venv", "requirements.txt"]


def test_two_copies_do_not_install_at_once(environment: manage.Environment, installs: Installs) -> None:
    manage.check_writable(environment.log.parent)
    with environment._alone(), pytest.raises(manage.Refused, match="khác đang cài đặt"):
        environment.prepare("run")
    assert installs.started == []


def test_it_does_not_delete_the_python_that_it_runs_on(
    environment: manage.Environment, installs: Installs, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_installed(environment.folder.parent)
    monkeypatch.setattr(sys, "prefix", str(environment.folder))
    with pytest.raises(manage.Refused, match="deactivate"):
        environment.prepare("run")
    assert environment.python.exists()


def test_a_failed_install_is_one_sentence_and_the_log_keeps_its_last_lines(environment: manage.Environment) -> None:
    manage.check_writable(environment.log.parent)
    seen: list[str] = []
    failing = [sys.executable, "-c", "print('Collecting a==1'); raise SystemExit('ERROR: no network')"]
    with pytest.raises(manage.Refused) as refusal:
        environment._run_logged(failing, seen.append, "Không cài được thư viện")
    assert str(refusal.value).startswith("Không cài được thư viện: ")
    assert str(environment.log) in str(refusal.value)
    assert environment.log.read_text(encoding="utf-8").splitlines()[1:] == ["Collecting a==1", "ERROR: no network"]
    assert seen == ["Collecting a==1\n", "ERROR: no network\n"]


def test_progress_counts_packages_out_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    progress = manage.Progress(4)
    for line in (
        "Ignoring colorama: markers 'sys_platform == \"win32\"' don't match your environment",
        "Requirement already satisfied: PyYAML==6.0.3 in ./.venv",
        "Collecting typing_extensions==4.16.0 (from -r requirements.txt (line 50))",
        "  Downloading typing_extensions-4.16.0-py3-none-any.whl (45 kB)",
        "Processing /kho/goi/et_xmlfile-2.0.0-py3-none-any.whl (from -r requirements.txt (line 27))",
        "Requirement already satisfied: typing-extensions>=4.10 in ./.venv",
        "Installing collected packages: typing_extensions",
    ):
        progress.see(line)
    assert capsys.readouterr().out.splitlines() == [
        "  [3/4] typing_extensions==4.16.0",
        "          đang tải 45 kB",
        "  [4/4] et_xmlfile==2.0.0",
        "  Đang chép thư viện vào .venv …",
    ]


def test_every_package_of_a_list_is_counted_once(environment: manage.Environment) -> None:
    run_list = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert environment._count("run") == sum("==" in line for line in run_list)


# Handing over


def with_fake_server(root: Path, body: str) -> None:
    """Put a server package beside manage.py, and this interpreter where the environment's would be."""
    (root / "server").mkdir()
    (root / "server" / "__main__.py").write_text(body, encoding="utf-8")
    environment = pretend_installed(root, "run")
    environment.python.unlink()
    environment.python.symlink_to(sys.executable)


def test_the_server_gets_the_options_and_the_project_folder(tmp_path: Path, closed_port: int) -> None:
    fresh_copy(tmp_path)
    with_fake_server(
        tmp_path, "import json, os, sys\nprint(json.dumps([os.getcwd(), os.getpid(), *sys.argv[1:]]))\nsys.exit(7)\n"
    )
    command = [sys.executable, str(tmp_path / "manage.py"), "run", "--port", str(closed_port), "--data", "du-lieu"]
    started = subprocess.Popen([*command, "--no-sample"], stdout=subprocess.PIPE, encoding="utf-8", cwd=tmp_path)
    with started as process:
        out, _ = process.communicate(timeout=60)
    folder, pid, *arguments = json.loads(out.splitlines()[-1])
    assert process.returncode == 7
    assert (folder, pid) == (str(tmp_path), process.pid)
    data = str(tmp_path / "du-lieu")
    assert arguments == ["--port", str(closed_port), "--address", "127.0.0.1", "--data", data, "--no-sample"]


def test_a_failed_step_fails_the_whole_and_the_others_still_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = []

    def call(command: list[str], **where: object) -> int:
        ran.append(command[2:])
        return 1 if command[2] == "mypy" else 0

    monkeypatch.setattr(manage.Environment, "prepare", lambda self, purpose: None)
    monkeypatch.setattr(subprocess, "call", call)
    assert manage.main(["test", "--", "-k", "--help"]) == 1
    assert [command[0] for command in ran] == ["ruff", "ruff", "mypy", "pytest", "pytest"]
    assert ran[-1] == ["pytest", *manage.ON_ALL_CORES, "-k", "--help"]
    printed = capsys.readouterr().out
    assert "mypy: KHÔNG ĐẠT" in printed
    assert "ruff check: đạt" in printed


def test_packages_of_elsewhere_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/noi/khac")
    assert "PYTHONPATH" not in manage.clean_environment()
    assert manage.clean_environment()["PYTHONUTF8"] == "1"


# The lists of packages


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_exactly(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert wanted
    assert [line for line in wanted if line.split(";")[0].count("==") != 1] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_direct_dependency_has_its_reason(name: str) -> None:
    direct = (ROOT / name).read_text(encoding="utf-8").split("# Direct\n")[1].split("\n\n")[0].splitlines()
    decisions = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    assert [line for line in direct if f"`{line.split('==')[0]}`" not in decisions] == []


def test_what_is_installed_is_what_is_listed() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if "==" in line and ";" not in line)
    assert {name: version(name) for name in pins} == pins
