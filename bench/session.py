"""A reader without a browser: one websocket in Streamlit's own protocol, which chooses chains and reads the cards."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from gzdash.reference import code_list

STREAM = "/_stcore/stream"
CHAINS = "filter_chains"
CARDS = "gzdash_cards"
# A rerun that has not ended by then counts as an error.
LIMIT_SECONDS = 60

# The figure of each card as it stands in its tooltip, exact, by metric.
Figures = Mapping[str, str]


@dataclass(slots=True)
class Run:
    """One run of the page's script as a reader's browser sees it arrive: seconds after it was asked for."""

    asked: float = field(default_factory=perf_counter)
    cards: float = 0.0
    charts: float = 0.0
    ended: float = 0.0
    bytes: int = 0
    figures: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def since(self) -> float:
        """The seconds since it was asked for."""
        return perf_counter() - self.asked


class Session:
    """An open page of one reader; raises OSError or TimeoutError where the server does not answer."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._known: dict[str, ForwardMsg] = {}
        self._pills = ""
        self._labels: tuple[str, ...] = ()
        self._chosen: tuple[str, ...] = ()
        # A browser tells its address with every click, and the page seeds itself from one it did not write.
        self._query = ""

    @classmethod
    async def open(cls, url: str) -> Session:
        """A session of the server at `url`, its first run not asked for yet."""
        address = url.replace("http", "ws", 1) + STREAM
        return cls(await connect(address, subprotocols=["streamlit"], max_size=None, proxy=None))

    async def close(self) -> None:
        """Leave."""
        await self._connection.close()

    async def first_run(self) -> Run:
        """The page as it is opened."""
        return await self._run()

    async def choose(self, chains: Sequence[str]) -> Run:
        """The run after these chains were chosen in the filter; none of them means all."""
        codes = code_list("chain").codes
        self._chosen = tuple(self._labels[codes.index(code)] for code in chains)
        return await self._run()

    async def _run(self) -> Run:
        run = Run()
        await self._connection.send(self._asking().SerializeToString())
        async with asyncio.timeout(LIMIT_SECONDS):
            while not run.ended:
                self._take(run, await self._connection.recv())
        return run

    def _asking(self) -> BackMsg:
        asking = BackMsg()
        asking.rerun_script.query_string = self._query
        asking.rerun_script.context_info.timezone = "Asia/Shanghai"
        asking.rerun_script.context_info.locale = "zh-CN"
        asking.rerun_script.context_info.color_scheme = "light"
        if self._pills:
            state = asking.rerun_script.widget_states.widgets.add()
            state.id = self._pills
            state.string_array_value.data.extend(self._chosen)
        return asking

    def _take(self, run: Run, data: bytes | str) -> None:
        """One message of the server: what was sent before is only named."""
        message = ForwardMsg()
        message.ParseFromString(data if isinstance(data, bytes) else data.encode())
        run.bytes += len(data)
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            message = self._known[message.ref_hash]
        elif message.metadata.cacheable:
            self._known[message.hash] = message
        if kind == "script_finished":
            run.ended = run.since()
            if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                run.faults.append(ForwardMsg.ScriptFinishedStatus.Name(message.script_finished))
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(run, message)

    def _see(self, run: Run, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "bidi_component" and element.bidi_component.component_name == CARDS:
            run.cards = run.since()
            shown = json.loads(element.bidi_component.json or element.bidi_component.mixed.json)
            run.figures |= {card["key"]: card["full"].split("\n")[0] for card in shown["cards"]}
        elif kind == "plotly_chart":
            run.charts = run.since()
        elif kind == "button_group" and element.button_group.id.endswith(CHAINS):
            self._pills = element.button_group.id
            self._labels = tuple(option.content for option in element.button_group.options)
        elif kind == "exception":
            run.faults.append(element.exception.message)
