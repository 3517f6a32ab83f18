"""The line of the user's code at the other end of a socket, which waits for an answer in another thread."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Iterator
from threading import get_ident
from time import sleep
from types import FrameType
from typing import Any

from fauxdoo.harness.callers import is_users, line_at, line_of
from fauxdoo.mockserver.journal import Caller

__all__ = ["at_socket"]

_CLIENTS = frozenset({"http", "urllib", "urllib3", "httpcore", "httpx", "aiohttp", "requests", "xmlrpc"})
_DEEPEST = 12
"""Frames from the innermost one in which a client's socket is looked for."""
_LOOKS, _PAUSE = 20, 0.001
"""How often threads are looked at that move meanwhile, and for how long between (seconds)."""


def at_socket(port: int) -> tuple[Caller | None, bool | None]:
    """The line that waits at the socket bound to this local port, and whether it waits with a timeout.

    Where no thread shows its socket, the one that waits in a client library, if there is just one, or a task of its
    event loop; (None, None) where several may be it.
    """
    for _ in range(_LOOKS):
        seen = _others()
        found = _waiting(list(seen), port)
        if found[0] is not None or _others() == seen:
            break
        sleep(_PAUSE)  # a frame that ends meanwhile has lost its outer ones; its client is still on its way to wait
    return found


def _others() -> dict[FrameType, int]:
    """The innermost frame of each other thread, and how far it has come."""
    return {frame: frame.f_lasti for thread, frame in sys._current_frames().items() if thread != get_ident()}


def _waiting(frames: list[FrameType], port: int) -> tuple[Caller | None, bool | None]:
    for frame in frames:
        connection = _socket_of(frame, port)
        if connection is not None:
            return line_of(frame), connection.gettimeout() is not None
    lines = [line_of(frame) for frame in frames if _is_in_client(frame)]
    waiting = [line for line in lines if line is not None]  # a server's own threads are clients too: of webhooks
    waiting = waiting or [line for frame in frames for line in _lines_of_tasks(frame) if line is not None]
    return (waiting[0], None) if len(waiting) == 1 else (None, None)


def _outwards(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _socket_of(frame: FrameType, port: int) -> socket.socket | None:
    """The socket of this port that one of the innermost frames works with."""
    for depth, each in enumerate(_outwards(frame)):
        if depth >= _DEEPEST:
            return None
        owner = each.f_locals.get("self")
        for candidate in (owner, getattr(owner, "_sock", None), getattr(owner, "sock", None)):
            if isinstance(candidate, socket.socket) and _port_of(candidate) == port:
                return candidate
    return None


def _port_of(connection: socket.socket) -> int | None:
    try:
        name = connection.getsockname()
    except OSError:
        return None
    return name[1] if isinstance(name, tuple) and len(name) > 1 else None


def _is_in_client(frame: FrameType) -> bool:
    return any(_package(each) in _CLIENTS and not _is_server(each) for each in _outwards(frame))


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _is_server(frame: FrameType) -> bool:
    return frame.f_globals.get("__name__") == "http.server"


def _lines_of_tasks(frame: FrameType) -> Iterator[Caller | None]:
    """Lines of the tasks of the event loop that this thread runs which wait in a client library."""
    for each in _outwards(frame):
        loop = each.f_locals.get("self")
        if each.f_code.co_name == "run_forever" and isinstance(loop, asyncio.AbstractEventLoop):
            for task in asyncio.all_tasks(loop):
                chain = list(_awaited(task.get_coro()))
                if any(_package(inner) in _CLIENTS for inner in chain):
                    yield next((line_at(inner) for inner in reversed(chain) if is_users(inner)), None)
            return


def _awaited(coroutine: Any) -> Iterator[FrameType]:
    """The frames of a coroutine that waits, from the outermost to where it waits."""
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None) or getattr(coroutine, "gi_frame", None)
        if frame is not None:
            yield frame
        coroutine = getattr(coroutine, "cr_await", None) or getattr(coroutine, "gi_yieldfrom", None)
