"""The two commands of the README: set up and start the app, set up and check it.

Standard library alone, because nothing is installed yet. The file must stay readable for Python 3.6: an old Python
shall get a sentence, not a syntax error. So types that it does not know stand in quotes.
"""

import errno
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple, NoReturn, TextIO

MINIMUM = (3, 11)
ROOT = Path(__file__).resolve().parent
APP_NAME = "bang-diem-cchc"
ALIVE_PATH = "/cchc/alive"
# A file's tests stay together: they share a server. Browsers leave a core idle now and then, so one worker more runs
# than cores; more than five only wait for each other. In the order of their names the long files do not come last.
WORKERS = min((os.cpu_count() or 1) + 1, 5)
ON_ALL_CORES = ("-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder")
REQUIREMENTS = {"run": ("requirements.txt",), "test": ("requirements.txt", "requirements-dev.txt")}

HELP = """\
Bảng điểm CCHC — tự chấm điểm cải cách hành chính

  python3 manage.py run     cài đặt lần đầu (cần mạng, vài phút) rồi chạy chương trình
  python3 manage.py test    cài đặt rồi kiểm tra mã nguồn: ruff, mypy, pytest (kể cả với trình duyệt)

Tùy chọn của run:
  --port N        cổng, mặc định 8501
  --address A     địa chỉ lắng nghe, mặc định 127.0.0.1 (chỉ máy này)
  --data DIR      thư mục dữ liệu, mặc định là var trong thư mục chương trình
  --no-sample     không tạo dữ liệu mẫu khi chạy lần đầu

Những gì đứng sau "--" của test được chuyển cho pytest, ví dụ:
  python3 manage.py test -- -k manage

Trên Windows viết py thay cho python3. Dừng chương trình bằng Ctrl+C."""


class Refused(Exception):
    """The command cannot go on; the text is the one sentence that the person gets."""

    exit_code = 1


class Misused(Refused):
    """The command line makes no sense."""

    exit_code = 2


# What was asked for


class RunOptions(NamedTuple):
    """Where to listen, where the data are, and whether a first start makes sample data."""

    port: int
    address: str
    data_dir: Path
    with_sample: bool


def parse_run(arguments: "Sequence[str]") -> RunOptions:
    """Read the options of `run`; argparse would answer mistakes in English."""
    values = {"--port": "8501", "--address": "127.0.0.1", "--data": str(ROOT / "var")}
    with_sample = True
    rest = deque(arguments)
    while rest:
        name, has_value, value = rest.popleft().partition("=")
        if name == "--no-sample" and not has_value:
            with_sample = False
            continue
        if name not in values:
            raise Misused(f"Không hiểu tùy chọn “{name}”: hãy gõ “manage.py --help” để xem các tùy chọn.")
        if not has_value:
            value = rest.popleft() if rest else ""
        if not value or value.startswith("--"):
            raise Misused(f"Tùy chọn {name} thiếu giá trị: hãy gõ “manage.py --help” để xem cách viết.")
        values[name] = value
    data_dir = Path(values["--data"]).expanduser().resolve()
    return RunOptions(_parse_port(values["--port"]), values["--address"], data_dir, with_sample)


def _parse_port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise Misused(f"Cổng “{text}” không hợp lệ: --port là một số từ 1 đến 65535.")
    return int(text)


# What the machine must offer


def check_python(version: "Sequence[int]") -> None:
    """Refuse a Python that the app does not run on."""
    if tuple(version[:2]) < MINIMUM:
        raise Refused(
            f"Cần Python {MINIMUM[0]}.{MINIMUM[1]} trở lên, đây là Python {version[0]}.{version[1]}: "
            "hãy cài bản mới hơn rồi chạy lại bằng bản đó."
        )


def check_venv_module() -> None:
    """Refuse a Python that cannot make a virtual environment; Debian packs that part separately."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Refused(
            "Python này thiếu phần venv: trên Debian, Ubuntu hãy chạy “apt-get install python3-venv” bằng quyền quản "
            "trị, trên hệ khác hãy cài lại Python đầy đủ, rồi chạy lại."
        )


def check_writable(folder: Path) -> None:
    """Make the folder if it is missing, and refuse one where no file can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=str(folder)):
            pass
    except OSError as error:
        raise Refused(
            f"Không ghi được vào thư mục {folder} ({error.strerror}): hãy cấp quyền ghi cho thư mục hoặc dùng thư mục "
            "khác."
        ) from error


def check_second_copy(data_dir: Path, address: str) -> None:
    """Refuse a second server on one data directory: the database lets one process in."""
    try:
        control = json.loads((data_dir / "control.json").read_text(encoding="utf-8"))
        pid, port = int(control["pid"]), int(control["port"])
    except (OSError, ValueError, TypeError, KeyError):
        return
    if _is_process_alive(pid) and any(is_our_app(host, port) for host in {"127.0.0.1", _reachable(address)}):
        raise Refused(
            f"Chương trình đang chạy với thư mục dữ liệu này rồi: hãy mở http://localhost:{port}, hoặc dừng bản đó "
            "trước khi chạy lại."
        )


def check_port(address: str, port: int) -> None:
    """Refuse a place where the server could not listen, and say so if it is this app that already does."""
    problem = _find_bind_problem(address, port)
    if problem is None:
        return
    host = _reachable(address)
    if is_our_app(host, port):
        shown = "localhost" if host == "127.0.0.1" else host
        raise Refused(
            f"Chương trình đang chạy rồi: hãy mở http://{shown}:{port}, hoặc dùng --port và --data để chạy thêm một "
            "bản với dữ liệu riêng."
        )
    if problem in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", None)):
        other = port + 1 if port < 65535 else 8501
        raise Refused(f"Cổng {port} đang bị chương trình khác dùng: hãy chọn cổng khác, ví dụ --port {other}.")
    if problem in (errno.EACCES, getattr(errno, "WSAEACCES", None)):
        raise Refused(f"Hệ thống không cho mở cổng {port}: hãy chọn cổng khác từ 1024 trở lên bằng --port.")
    raise Refused(f"Không dùng được địa chỉ “{address}” vì máy này không có: hãy sửa --address.")


def is_our_app(host: str, port: int) -> bool:
    """Ask whether what listens there is this product."""
    connection = HTTPConnection(host, port, timeout=3)
    try:
        connection.request("GET", ALIVE_PATH)
        answer = json.loads(connection.getresponse().read(4096).decode("utf-8"))
        return isinstance(answer, dict) and answer.get("app") == APP_NAME
    except (OSError, HTTPException, ValueError):
        return False
    finally:
        connection.close()


def _find_bind_problem(address: str, port: int) -> "int | None":
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if sys.platform != "win32":  # There the option would let two programs share a port.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except (socket.gaierror, UnicodeError):
        return errno.EADDRNOTAVAIL
    except OSError as error:
        return error.errno or errno.EADDRNOTAVAIL
    return None


def _reachable(address: str) -> str:
    """Give the address to ask at: a server that listens everywhere answers on the loopback."""
    return "127.0.0.1" if address in ("0.0.0.0", "::", "localhost") else address  # noqa: S104 - compared, not bound


def _is_process_alive(pid: int) -> bool:
    if sys.platform == "win32":  # There os.kill(pid, 0) ends the process; whether the port answers must do.
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


# The virtual environment


class Environment:
    """The `.venv` of the project.

    A stamp for each purpose, "run" and "test", tells with which requirements it was filled. It is written after the
    last package is in, so an install that was interrupted counts as none.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root / ".venv"
        self.log = root / "var" / "log" / "setup.log"
        self._root = root

    @property
    def python(self) -> Path:
        """The interpreter of the environment."""
        return self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    def is_ready(self, purpose: str) -> bool:
        """Tell whether everything for the purpose is installed, as the requirements stand now."""
        return self.python.exists() and self._read_stamp(purpose) == self._fingerprint(purpose)

    def prepare(self, purpose: str) -> None:
        """Install what is missing; touch nothing when all is there."""
        if self.is_ready(purpose):
            return
        check_writable(self._root)
        check_writable(self.log.parent)
        with self._alone():
            if not self.is_ready(purpose):  # Another copy may have finished it meanwhile.
                self._build(purpose)

    def _build(self, purpose: str) -> None:
        # Onto an environment that is right for "run" the packages for "test" are added; anything else starts afresh,
        # so that nothing of older requirements stays behind.
        if not self.is_ready("run") or self._read_stamp(purpose) is not None:
            self._create()
        self._install(REQUIREMENTS[purpose][-1], Progress(self._count(purpose)))
        for done in ("run", purpose):
            self._stamp(done).write_text(self._fingerprint(done), encoding="utf-8")

    def _create(self) -> None:
        check_venv_module()
        if Path(sys.prefix).resolve() == self.folder.resolve():
            raise Refused(
                "Phải dựng lại .venv mà lệnh này đang chạy bằng Python ở trong đó: hãy gõ “deactivate” rồi chạy lại."
            )
        say("Đang tạo môi trường Python riêng trong .venv …")
        try:
            if self.folder.exists():
                shutil.rmtree(str(self.folder))
        except OSError as error:
            raise Refused(
                f"Không xóa được .venv cũ ({error.strerror}): hãy dừng chương trình đang dùng nó rồi chạy lại."
            ) from error
        self._run_logged([sys.executable, "-m", "venv", str(self.folder)], _ignore, "Không tạo được .venv")

    def _install(self, requirements: str, progress: "Progress") -> None:
        say("Đang cài thư viện vào .venv (chỉ lần đầu và khi danh sách thư viện thay đổi, cần mạng):")
        # Wheels alone: that there is none for this machine shall be told at once, not by a compiler after minutes.
        # --no-user: who has made user installs the default could not install into an environment.
        options = ["--disable-pip-version-check", "--no-input", "--no-user", "--only-binary=:all:"]
        self._run_logged(
            [str(self.python), "-m", "pip", "install", *options, "-r", str(self._root / requirements)],
            progress.see,
            "Không cài được thư viện (mất mạng, hoặc chưa có gói cho bản Python này)",
        )

    def _run_logged(self, command: "list[str]", see: "Callable[[str], None]", failure: str) -> None:
        with self.log.open("a", encoding="utf-8") as log:
            log.write("$ {}\n".format(" ".join(command)))
            with subprocess.Popen(
                command,
                cwd=str(self._root),
                env=clean_environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
            ) as process:
                for line in process.stdout or ():
                    log.write(line)
                    see(line)
        if process.returncode != 0:
            raise Refused(f"{failure}: nguyên nhân nằm ở cuối tệp {self.log}, hãy khắc phục rồi chạy lại.")

    @contextmanager
    def _alone(self) -> "Iterator[None]":
        """Let one copy at a time fill the environment; the system frees the lock however the copy ends."""
        with self.log.with_name("setup.lock").open("a") as handle:
            try:
                if sys.platform == "win32":
                    import msvcrt

                    msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
                else:
                    import fcntl

                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise Refused("Một lệnh manage.py khác đang cài đặt: hãy chờ lệnh đó xong rồi chạy lại.") from error
            yield

    def _stamp(self, purpose: str) -> Path:
        return self.folder / f"cchc-{purpose}.stamp"

    def _read_stamp(self, purpose: str) -> "str | None":
        try:
            return self._stamp(purpose).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None

    def _fingerprint(self, purpose: str) -> str:
        # The minor version of Python and not the patch: a security update must not make an offline machine install.
        digest = hashlib.sha256(f"{sys.implementation.cache_tag} {platform.machine()}\n".encode())
        for name in REQUIREMENTS[purpose]:
            digest.update((self._root / name).read_bytes())
        return digest.hexdigest()

    def _count(self, purpose: str) -> int:
        lists = [(self._root / name).read_text(encoding="utf-8") for name in REQUIREMENTS[purpose]]
        return sum(len(re.findall("^[A-Za-z]", text, re.MULTILINE)) for text in lists)


class Progress:
    """Turns what pip prints into lines such as `[12/41] pandas==3.1.1`."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._seen: set[str] = set()

    def see(self, line: str) -> None:
        """Take one line of pip's output."""
        found = re.match(
            r"\s*(Collecting|Processing|Downloading|Ignoring|Requirement already satisfied:|Installing) (\S+)", line
        )
        if found is None:
            return
        verb, name = found.groups()
        if verb == "Installing":
            say("  Đang chép thư viện vào .venv …")
        elif verb == "Downloading":
            size = re.search(r"\(([0-9.]+ [kMG]?B)\)", line)
            say(f"          đang tải {size.group(1) if size else '…'}")
        else:
            self._count(name, is_shown=verb in ("Collecting", "Processing"))

    def _count(self, name: str, is_shown: bool) -> None:
        if name.endswith(".whl"):  # pip names a package from a folder on this machine by its file.
            name = "==".join(name.replace("\\", "/").split("/")[-1].split("-")[:2])
        self._seen.add(re.split("[=<>!~;:]", name)[0].casefold().replace("_", "-"))
        if is_shown:
            say(f"  [{len(self._seen)}/{self._total}] {name}")


def _ignore(line: str) -> None:
    """Leave a line to the log."""


def clean_environment() -> "dict[str, str]":
    """Give the environment for our own processes: UTF-8 everywhere, and no packages from elsewhere on the path."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    kept["PYTHONUTF8"] = "1"
    return kept


# The commands


def run(arguments: "Sequence[str]") -> int:
    """Check the machine, set up, and become the server."""
    options = parse_run(arguments)
    check_second_copy(options.data_dir, options.address)
    check_port(options.address, options.port)
    environment = Environment(ROOT)
    environment.prepare("run")
    check_writable(options.data_dir)
    command = [str(environment.python), "-m", "server", "--port", str(options.port), "--address", options.address]
    command += ["--data", str(options.data_dir)]
    if not options.with_sample:
        command.append("--no-sample")
    say("Đang khởi động …")
    os.chdir(str(ROOT))
    if sys.platform == "win32":  # It cannot replace a process.
        return _wait_for(command)
    return _become(command)


def _become(command: "list[str]") -> "NoReturn":
    # The server takes this process's place: signals, exit code and process number are its own.
    os.execve(command[0], command, clean_environment())  # noqa: S606


def _wait_for(command: "list[str]") -> int:
    with subprocess.Popen(command, env=clean_environment()) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # The server got it too and is closing the database.
                continue


def test(arguments: "Sequence[str]") -> int:
    """Set up and run every check, also when one fails; what failed is named at the very end."""
    if arguments and arguments[0] != "--":
        raise Misused(f"Không hiểu “{arguments[0]}”: những gì dành cho pytest phải đứng sau “--”.")
    environment = Environment(ROOT)
    environment.prepare("test")
    steps = (
        ("ruff check", ["ruff", "check", "."]),
        ("ruff format", ["ruff", "format", "--check", "."]),
        ("mypy", ["mypy"]),
        ("doctest", ["pytest", "-q", "--doctest-modules", "cchc_core"]),
        ("pytest", ["pytest", *ON_ALL_CORES, *arguments[1:]]),
    )
    codes: dict[str, int] = {}
    for name, command in steps:
        say(f"— {name} —")
        codes[name] = subprocess.call([str(environment.python), "-m", *command], cwd=str(ROOT), env=clean_environment())
    for name, code in codes.items():
        say(f"{name}: {'đạt' if code == 0 else 'KHÔNG ĐẠT'}")
    return next((code for code in codes.values() if code != 0), 0)


COMMANDS: "Mapping[str, Callable[[Sequence[str]], int]]" = {"run": run, "test": test}


def main(arguments: "Sequence[str]") -> int:
    """Run one command; whatever stops it is one sentence on stderr."""
    try:
        check_python(sys.version_info[:2])
        own = arguments[: arguments.index("--")] if "--" in arguments else arguments
        if not own or "--help" in own or "-h" in own:
            say(HELP)
            return 0
        if own[0] not in COMMANDS:
            raise Misused(f"Không có lệnh “{own[0]}”: hãy gõ “manage.py --help” để xem các lệnh.")
        return COMMANDS[own[0]](arguments[1:])
    except Refused as refusal:
        say(str(refusal), sys.stderr)
        return refusal.exit_code
    except OSError as error:
        say(f"Hệ thống báo lỗi ({error}): hãy khắc phục rồi chạy lại.", sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("Đã dừng theo yêu cầu.", sys.stderr)
        return 130


def say(text: str, stream: "TextIO | None" = None) -> None:
    """Print a line at once, in UTF-8 whatever the console's habit."""
    out = stream or sys.stdout
    out.buffer.write((text + "\n").encode("utf-8"))
    out.buffer.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
