"""Where a Spark Connect server is: `sc://host:port`, with the client's own parameters behind `/;`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(r"sc://(?P<host>[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>\d{1,5}))?(?:/(?:;\S*)?)?")
DEFAULT_PORT = 15002
_MOST_PORTS = 65_535


@dataclass(frozen=True, slots=True)
class SparkAddress:
    """The address as given in `url`, and the machine and port it names."""

    url: str
    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> SparkAddress:
        """The address that `text` names; raises ValueError when it names none."""
        found = _FORM.fullmatch(text)
        port = int(found["port"] or DEFAULT_PORT) if found else 0
        if found is None or not 0 < port <= _MOST_PORTS:
            raise ValueError(f"no address of a Spark Connect server: {text}")
        return cls(text, found["host"].strip("[]"), port)

    def __str__(self) -> str:
        """Machine and port only: the parameters may hold a token, which no message may show."""
        return f"sc://{self.host}:{self.port}"
