"""The line of code a call comes from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

__all__ = ["Caller", "own_caller"]

_OWN = str(Path(__file__).parents[1])


class Caller(NamedTuple):
    """A line of somebody's code; as text `path:line`, from the working directory where it lies below that."""

    path: str
    line: int
    function: str

    def __str__(self) -> str:
        path = Path(self.path)
        return f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}:{self.line}"


def own_caller() -> Caller | None:
    """The line of this thread that called into the server: the innermost one outside of it."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(_OWN):
        frame = frame.f_back  # type: ignore[assignment]
    return None if frame is None else Caller(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name)
