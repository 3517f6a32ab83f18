"""Two exported states compared, as lines to read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["differences"]

_LONGEST = 80
"""Characters of a value that a line shows."""


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """A line for each record that only one has (`-`, `+`), and for each value that differs (`~`)."""
    for model in sorted(before.get("records", {}).keys() | after.get("records", {}).keys()):
        yield from _of_model(model, _records(before, model), _records(after, model))
    for model in sorted(before.get("removed", {}).keys() | after.get("removed", {}).keys()):
        gone, now = (set(state.get("removed", {}).get(model, ())) for state in (before, after))
        yield from (f"- {model} {xmlid} is removed" for xmlid in sorted(now - gone))
        yield from (f"+ {model} {xmlid} is no longer removed" for xmlid in sorted(gone - now))


def _records(state: Mapping[str, Any], model: str) -> dict[str, dict[str, Any]]:
    records: dict[str, dict[str, Any]] = state.get("records", {}).get(model, {})
    return records


def _of_model(model: str, before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> Iterator[str]:
    for xmlid in sorted(before.keys() | after.keys()):
        if xmlid not in after:
            yield f"- {model} {xmlid}{_label(before[xmlid])}"
        elif xmlid not in before:
            yield f"+ {model} {xmlid}{_label(after[xmlid])}"
        else:
            yield from _of_record(f"{model} {xmlid}", before[xmlid], after[xmlid])


def _of_record(record: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield f"~ {record} {name}: {_shown(before.get(name))} → {_shown(after.get(name))}"


def _label(record: Mapping[str, Any]) -> str:
    return f" ({record['name']})" if isinstance(record.get("name"), str) else ""


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
