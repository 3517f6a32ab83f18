"""A file per kind of advice, listed here."""

from __future__ import annotations

from fauxdoo.harness.advice.rules import (  # noqa: F401  (they register themselves)
    batches,
    deprecated,
    reading,
    searching,
    secrets,
    timeouts,
    times,
)
