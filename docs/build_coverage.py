"""Writes COVERAGE.md, what is simulated of each model's methods: `python docs/build_coverage.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fauxdoo.mockserver import FakeOdoo

TARGET = Path(__file__).with_name("COVERAGE.md")
HEAD = """# What is simulated

Generated from the registry by `python docs/build_coverage.py`; a test keeps it true. Every model of the catalogue can
be created, read, searched, grouped, changed and deleted. The methods below are those a model adds or overrides and
that may be called remotely. *simulated*: they do here what they do in Odoo as far as recorded; *stub*: calling them
says "not simulated by Fauxdoo", and `odoo.stub(model, method, returns=...)` gives them an answer. Private methods are
refused as in Odoo, all others are absent: they do not exist in Odoo 19.0 either.

"""


def page() -> str:
    """The text of the page."""
    odoo = FakeOdoo()
    registry = odoo.databases[odoo.db].registry
    rows = [row for name in registry.names for row in _row(registry, name)]
    odoo.close()
    done, all_ = (sum(row[key] for row in rows) for key in ("done", "all"))
    lines = [
        f"{done} of {all_} methods of {len(rows)} models are simulated.\n",
        "| model | simulated | stub |",
        "|---|---|---|",
    ]
    lines += [f"| `{row['name']}` | {row['simulated']} | {row['stubs']} |" for row in rows]
    return HEAD + "\n".join(lines) + "\n"


def _row(registry: Any, name: str) -> Iterator[dict[str, Any]]:
    cls = registry[name]
    public = sorted(method for method, entry in cls._methods.items() if isinstance(entry, dict))
    if not public:
        return
    simulated = [method for method in public if callable(getattr(cls, method, None))]
    stubs = [method for method in public if method not in simulated]
    counts = {"done": len(simulated), "all": len(public)}
    yield {"name": name, "simulated": _listed(simulated), "stubs": _listed(stubs), **counts}


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
