"""The line of the user's code that a call comes from."""

from __future__ import annotations

import sysconfig
from pathlib import Path
from types import FrameType

from fauxdoo.mockserver.journal import Caller

__all__ = ["is_users", "line_at", "line_of"]

_OWN = Path(__file__).parents[1]
_LIBRARIES = tuple(
    {
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        *(str(_OWN / folder) + "/" for folder in ("contracts", "harness", "mockserver", "loadtests")),
        "<",
    }
)
"""How the file names begin of code that is nobody's integration."""


def line_of(frame: FrameType | None) -> Caller | None:
    """The innermost line of the user's code from here outwards."""
    while frame is not None:
        if is_users(frame):
            return line_at(frame)
        frame = frame.f_back
    return None


def line_at(frame: FrameType) -> Caller:
    """Where a frame is."""
    return Caller(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name)


def is_users(frame: FrameType) -> bool:
    """Whether it runs the user's code: no library, none of ours."""
    return not frame.f_code.co_filename.startswith(_LIBRARIES)
