"""From the first import to the last checkpoint: what happens before the server answers and after it stops."""

import asyncio
import gc
import importlib
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from streamlit import config
from streamlit.starlette import App

from cchc_core import workspace
from cchc_core.control import RunningServer, new_token, remove_control_file, write_control_file
from cchc_core.evidence.sweeping import sweep
from server.logs import LOGGER, close_log, log_others, open_log
from server.small_packets import send_at_once
from server.uncopied_uploads import hand_over_uncopied
from server.version import ROOT, product_version

DATA_VARIABLE: Final = "CCHC_DATA"
# What the pages import; loaded before the freeze so that no collection walks through it again.
_HEAVY: Final = ("duckdb", "numpy", "pandas", "plotly.graph_objects", "pyarrow", "xlsxwriter", "openpyxl")

Lifespan = Callable[[App], AbstractAsyncContextManager[None]]


@dataclass(frozen=True)
class Settings:
    """Where the data are, whether a first start fills in sample data, and the secret of the control route."""

    data_dir: Path
    with_sample: bool
    token: str


def default_settings() -> Settings:
    """Return the settings of `streamlit run app.py`: data in $CCHC_DATA, or in `var` beside the program."""
    return Settings(Path(os.environ.get(DATA_VARIABLE, ROOT / "var")).resolve(), with_sample=True, token=new_token())


def warm_up() -> None:
    """Load what every page needs and take it out of garbage collection.

    Streamlit collects garbage after every run of a page; walking through the modules each time made a small page nine
    times slower.
    """
    for name in _HEAVY:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def lifespan(settings: Settings) -> Lifespan:
    """Return what the server does around serving, in the form that `streamlit.starlette.App` takes."""

    @asynccontextmanager
    async def around(app: App) -> AsyncIterator[None]:
        send_at_once(asyncio.get_running_loop())
        hand_over_uncopied()
        server = await run_in_threadpool(_start, settings)
        try:
            yield
        finally:
            await run_in_threadpool(_stop, settings, server)

    return around


def _start(settings: Settings) -> RunningServer:
    open_log(settings.data_dir)
    log_others(settings.data_dir)
    opened = workspace.open_workspace(settings.data_dir, with_sample=settings.with_sample)
    swept = sweep(opened.database)
    if swept:
        LOGGER.info("swept files=%s", swept)
    warm_up()
    server = RunningServer(os.getpid(), int(config.get_option("server.port")), settings.token)
    write_control_file(settings.data_dir, server)
    LOGGER.info("started version=%s port=%s sample=%s", product_version(), server.port, opened.is_sample)
    return server


def _stop(settings: Settings, server: RunningServer) -> None:
    remove_control_file(settings.data_dir, server)
    workspace.close_workspace()
    LOGGER.info("stopped")
    close_log(settings.data_dir)
