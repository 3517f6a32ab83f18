"""Write `index.json` and `xmlids.json` of a catalogue: `python -m fauxdoo.contracts.build_index [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson

from fauxdoo.contracts.indexing import index_of

__all__ = ["build_index", "build_xmlids", "main"]

Facts = dict[str, Any]


def build_index(root: Path) -> Facts:
    """What `Catalogue.index` answers, from the files in `root/models`."""
    return index_of(_load(root / "models"), orjson.loads((root / "modules.json").read_bytes()))


def build_xmlids(root: Path) -> dict[str, tuple[str, int]]:
    """Model and id of every base record with an xmlid, from the files in `root/data`."""
    data = _load(root / "data")
    return {
        record["xmlid"]: (model, record["id"])
        for model, records in data.items()
        for record in records
        if "xmlid" in record
    }


def _load(folder: Path) -> dict[str, Any]:
    names = sorted(file.name.removesuffix(".json") for file in folder.glob("*.json"))
    return {name: orjson.loads((folder / f"{name}.json").read_bytes()) for name in names}


def main() -> None:
    """Write both files into the folder given, by default that of Odoo 19.0."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "odoo-19.0"
    (root / "index.json").write_bytes(orjson.dumps(build_index(root)) + b"\n")
    (root / "xmlids.json").write_bytes(orjson.dumps(build_xmlids(root)) + b"\n")


if __name__ == "__main__":
    main()
