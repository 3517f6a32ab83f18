"""The schemas as files: for validators in other languages, gateways and documentation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fauxdoo.contracts import schemas
from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.schemas import model_schema

__all__ = ["write_schemas"]


def write_schemas(folder: Path, models: Iterable[str] = (), catalogue: str = "") -> int:
    """Write `NAME.json` for all traffic and `models/MODEL.json`; answers how many files these are.

    `models` are those of the catalogue that are wanted, all by default. Raises KeyError for an unknown one, before
    anything is written, and UnreadableCatalogue.
    """
    odoo = FakeOdoo(catalogue=catalogue)
    try:
        with odoo.databases[odoo.db].transaction(su=True) as env:
            found = {name: model_schema(env, name) for name in [*models] or env.registry.names}
    finally:
        odoo.close()
    (folder / "models").mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        _write(folder / f"{name}.json", schema)
    for name, schema in found.items():
        _write(folder / "models" / f"{name}.json", schema)
    return len(schemas()) + len(found)


def _write(path: Path, schema: dict[str, Any]) -> None:
    path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", "utf-8")
