"""`python -m server`: check the database, serve until asked to stop, leave everything tidy."""

import argparse
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from cchc_core.control import find_server, new_token
from server.version import ROOT

# Command line and trial sign-in come over 127.0.0.1, so the server always listens there.
_WITH_LOOPBACK = ("127.0.0.1", "localhost", "0.0.0.0", "::")  # noqa: S104 (compared, not bound)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve; return 0 after an orderly stop and 1 when the start fails, with one sentence on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    options = _parse(arguments)
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)
    try:
        return _serve(options)
    except KeyboardInterrupt:
        return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m server", description="Chạy Bảng điểm CCHC.")
    parser.add_argument("--port", type=int, default=8501, metavar="CỔNG", help="cổng, mặc định 8501")
    parser.add_argument(
        "--address", default="127.0.0.1", metavar="ĐỊA_CHỈ", help="địa chỉ lắng nghe, mặc định chỉ máy này (127.0.0.1)"
    )
    parser.add_argument(
        "--data", type=Path, default=ROOT / "var", metavar="THƯ_MỤC", help="thư mục dữ liệu, mặc định var"
    )
    parser.add_argument("--no-sample", action="store_true", help="không tạo dữ liệu mẫu khi chạy lần đầu")
    return parser.parse_args(arguments)


def _serve(options: argparse.Namespace) -> int:
    if options.address not in _WITH_LOOPBACK:
        return _fail(
            f"Không dùng riêng địa chỉ {options.address}: dòng lệnh và lối đăng nhập dùng thử cần địa chỉ của chính "
            "máy này. Hãy dùng --address 127.0.0.1 (chỉ máy này) hoặc --address 0.0.0.0 (mọi địa chỉ của máy)."
        )
    data_dir = options.data.expanduser().resolve()
    running = find_server(data_dir)
    if running is not None:
        return _fail(f"Bảng điểm CCHC đã chạy với thư mục dữ liệu này rồi, tại http://localhost:{running.port}")
    if not _is_free(options.address, options.port):
        return _fail(
            f"Không mở được cổng {options.port} tại địa chỉ {options.address}: cổng đang được chương trình khác dùng, "
            "hoặc địa chỉ không thuộc máy này. Hãy chọn cổng khác bằng --port."
        )
    problem = _open_data(data_dir, with_sample=not options.no_sample)
    if problem is not None:
        return _fail(problem)
    _run(data_dir, options)
    return 0


def _run(data_dir: Path, options: argparse.Namespace) -> None:
    # Streamlit takes its time to load, which --help and a refused start need not wait for.
    from server.application import build_app
    from server.lifecycle import Settings
    from server.logs import quiet_uvicorn
    from server.readiness import announce_when_ready

    app = build_app(settings=Settings(data_dir, with_sample=not options.no_sample, token=new_token()))
    quiet_uvicorn()
    announce_when_ready(options.address, options.port)
    # Streamlit looks for its settings beside the started script.
    sys.argv = [str(ROOT / "app.py")]
    app.run(config=_streamlit_settings(options))


def _open_data(data_dir: Path, *, with_sample: bool) -> str | None:
    """Open log and database; return what a person should know when that fails."""
    from cchc_core import workspace
    from cchc_core.errors import CchcError
    from cchc_core.store.failures import failure_of
    from server.errors import new_reference
    from server.logs import LOGGER, open_log

    try:
        open_log(data_dir)
        workspace.open_workspace(data_dir, with_sample=with_sample)
    except CchcError as error:
        LOGGER.error("start failed: %s", error)
        return str(error)
    except OSError as error:
        return str(failure_of(error, f"Thư mục dữ liệu {data_dir}"))
    except Exception:
        reference = new_reference()
        LOGGER.exception("start failed reference=%s", reference)
        log = data_dir / "log" / "cchc.log"
        return (
            f"Không khởi động được vì lỗi ngoài dự kiến, mã lỗi {reference}. Dữ liệu đã lưu không bị thay đổi. "
            f"Hãy gửi tệp {log} cho người hỗ trợ."
        )
    return None


def _streamlit_settings(options: argparse.Namespace) -> dict[str, object]:
    return {
        "server.port": options.port,
        "server.address": options.address,
        "server.headless": True,
        "logger.hideWelcomeMessage": True,
    }


def _is_free(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except (OSError, OverflowError):
        return False
    return True


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 - the one sentence that a person at the console gets
    return 1


def _stop(number: int, frame: FrameType | None) -> None:
    """End quietly; while uvicorn serves it puts its own handler of SIGTERM in this one's place."""
    if number != signal.SIGTERM and signal.getsignal(signal.SIGTERM) is not _stop:
        signal.raise_signal(signal.SIGTERM)
        return
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())
