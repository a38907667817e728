"""A browser's side of Streamlit's protocol, without a browser: what a page sends is read, a click is sent."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from cchc_core.session_cookie import COOKIE

_DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
_RUN_SECONDS = 300


class PageFailed(Exception):
    """The page showed an error, or not the widget that was wanted."""


@dataclass
class Traffic:
    """What the server sent."""

    messages: int = 0
    size: int = 0


@dataclass
class PageSession:
    """One open page of one person."""

    connection: ClientConnection
    query: str
    page_name: str
    traffic: Traffic = field(default_factory=Traffic)
    _page_hash: str = ""
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _fragments: dict[str, str] = field(default_factory=dict)
    _options: dict[str, list[str]] = field(default_factory=dict)
    _large: dict[str, ForwardMsg] = field(default_factory=dict)
    _every: dict[str, float] = field(default_factory=dict)

    async def load(self) -> None:
        """Ask for the page and read it to its end."""
        await self._run("")

    async def choose(self, key: str, index: int) -> None:
        """Choose an option of the radio whose key is given, and read what the page answers."""
        widget_id = next((known for known in self._options if known.endswith(f"-{key}")), None)
        if widget_id is None:
            raise PageFailed(f"no radio {key} among {sorted(self._options)}")
        self._states[widget_id] = WidgetState(id=widget_id, string_value=self._options[widget_id][index])
        await self._run(self._fragments[widget_id])

    @property
    def poll_seconds(self) -> float:
        """Give the interval at which the page wants its one fragment to run by itself."""
        (seconds,) = self._every.values()
        return seconds

    async def poll(self) -> None:
        """Let the fragment that runs by itself run once, and read what it sends."""
        (fragment_id,) = self._every
        await self._run(fragment_id, is_by_itself=True)

    async def _run(self, fragment_id: str, *, is_by_itself: bool = False) -> None:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.fragment_id, asked.is_auto_rerun = self.query, fragment_id, is_by_itself
        # A browser keeps large messages and is sent no more than their hash the next time.
        asked.cached_message_hashes.extend(self._large)
        asked.page_script_hash, asked.page_name = self._page_hash, "" if self._page_hash else self.page_name
        asked.widget_states.widgets.extend(self._states.values())
        await self.connection.send(message.SerializeToString())
        async with asyncio.timeout(_RUN_SECONDS):
            while not self._take(self._known(ForwardMsg.FromString(await self._receive()))):
                pass

    async def _receive(self) -> bytes:
        received = await self.connection.recv()
        if isinstance(received, str):
            raise PageFailed("a text frame")
        self.traffic.messages += 1
        self.traffic.size += len(received)
        return received

    def _take(self, message: ForwardMsg) -> bool:
        """Take in one message; tell whether the run is over."""
        match message.WhichOneof("type"):
            case "auto_rerun":
                self._every[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            case "new_session":
                self._page_hash = message.new_session.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                self._take_element(message)
            case "script_finished":
                return message.script_finished in _DONE
        return False

    def _known(self, message: ForwardMsg) -> ForwardMsg:
        """Keep a large message; give the kept one where only its hash was sent."""
        if message.metadata.cacheable:
            self._large[message.hash] = message
        return self._large[message.ref_hash] if message.WhichOneof("type") == "ref_hash" else message

    def _take_element(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception" or (kind == "alert" and "CHƯA LƯU" in element.alert.body):
            raise PageFailed(str(element)[:500])
        if kind == "radio":
            radio = element.radio
            self._options[radio.id] = list(radio.options)
            self._fragments[radio.id] = message.delta.fragment_id
            if radio.set_value and radio.HasField("raw_value"):
                self._states[radio.id] = WidgetState(id=radio.id, string_value=radio.raw_value)
            else:
                self._states.setdefault(radio.id, WidgetState(id=radio.id))
        elif kind == "text_input":
            self._states.setdefault(
                element.text_input.id, WidgetState(id=element.text_input.id, string_value=element.text_input.value)
            )
        elif kind == "checkbox":
            self._states.setdefault(
                element.checkbox.id, WidgetState(id=element.checkbox.id, bool_value=element.checkbox.value)
            )


async def open_page(port: int, token: str, path: str, query: str) -> PageSession:
    """Open a page as the person of a session's token and load it."""
    headers: Mapping[str, str] = {"Cookie": f"{COOKIE}={quote(token)}"}
    connection = await connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers=headers,
        max_size=None,
        max_queue=None,
        ping_interval=None,
        open_timeout=_RUN_SECONDS,
    )
    session = PageSession(connection, query, path.strip("/"))
    await session.load()
    return session
