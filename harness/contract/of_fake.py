"""The usage contract of what was called on a fake Odoo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from fauxdoo.harness.contract.collecting import Collector
from fauxdoo.harness.contract.usage import MadeCall, Usage
from fauxdoo.mockserver import FakeOdoo

__all__ = ["usage_of"]


def usage_of(odoo: FakeOdoo, calls: Iterable[MadeCall] | None = None) -> Usage:
    """What clients used since the last reset, or what some calls did; Python's own calls are not among it."""
    with odoo.databases[odoo.db].transaction(su=True) as env:

        @cache
        def describe(model: str) -> Mapping[str, Mapping[str, Any]]:
            described: Mapping[str, Mapping[str, Any]] = env[model].fields_get()
            return described

        def params(model: str, method: str) -> Sequence[str] | None:
            signature = env.registry.signatures.get((model, method))
            if signature is None:
                return None
            return [*([] if signature.on_model else ["ids"]), *signature.python.parameters]

        collector = Collector(describe, params)
        collector.add(list(odoo.journal) if calls is None else calls)
    return collector.usage
