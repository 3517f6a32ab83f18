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
that may be called remotely. *simulated*: they do here what they do in Odoo, as far as it is recorded or known from
its documentation and public source; *stub*: calling them
says "not simulated by Fauxdoo", and `odoo.stub(model, method, returns=...)` gives them an answer. Private methods are
refused as in Odoo, all others are absent: they do not exist in Odoo 19.0 either.

"""
FIELDS = """
## Fields that stay empty

These fields are computed in Odoo and hold nothing here: reading them answers `false`, 0 or `[]`. Those of wizards, of
mixins and of messages (`message_…`, `activity_…`, `rating_…`) are not listed.

| model | fields |
|---|---|
"""
_LEFT_OUT = ("message_", "activity_", "my_activity", "website_message", "rating_")


def page() -> str:
    """The text of the page."""
    odoo = FakeOdoo()
    registry = odoo.databases[odoo.db].registry
    rows = [row for name in registry.names for row in _row(registry, name)]
    empty = [f"| `{name}` | {_listed(fields)} |" for name in registry.names if (fields := _empty(registry, name))]
    odoo.close()
    done, all_ = (sum(row[key] for row in rows) for key in ("done", "all"))
    lines = [
        f"{done} of {all_} methods of {len(rows)} models are simulated.\n",
        "| model | simulated | stub |",
        "|---|---|---|",
    ]
    lines += [f"| `{row['name']}` | {row['simulated']} | {row['stubs']} |" for row in rows]
    return HEAD + "\n".join(lines) + "\n" + FIELDS + "\n".join(empty) + "\n"


def _row(registry: Any, name: str) -> Iterator[dict[str, Any]]:
    cls = registry[name]
    public = sorted(method for method, entry in cls._methods.items() if isinstance(entry, dict))
    if not public:
        return
    simulated = [method for method in public if callable(getattr(cls, method, None))]
    stubs = [method for method in public if method not in simulated]
    counts = {"done": len(simulated), "all": len(public)}
    yield {"name": name, "simulated": _listed(simulated), "stubs": _listed(stubs), **counts}


def _empty(registry: Any, name: str) -> list[str]:
    """Names of fields that nothing computes here."""
    cls, facts = registry[name], registry.facts(name).get("fields", {})
    if cls._abstract or cls._transient:
        return []
    return sorted(
        field.name
        for field in cls._fields.values()
        if facts.get(field.name, {}).get("compute") and not (field.compute or field.related or field.is_column)
        if not field.name.startswith(_LEFT_OUT) and not (field.type == "binary" and field.store)
    )


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
