"""The garbage collector, kept out of what only makes things that stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["paused_collection"]


@contextmanager
def paused_collection() -> Iterator[None]:
    """Import and build without looking for garbage between; what came in counts as old afterwards."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():  # what somebody has frozen would thaw with ours
            gc.freeze()
            gc.unfreeze()
        gc.enable()
