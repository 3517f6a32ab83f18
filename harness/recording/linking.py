"""The ids that calls answered, found again in what is sent and answered later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fauxdoo.harness.clients import Outcome
from fauxdoo.harness.recording.masking import is_id
from fauxdoo.harness.recordings import Step

__all__ = ["Links", "made_by", "with_ids"]

_MAKES = ("copy", "create", "name_create")


def made_by(step: Step, outcome: Outcome) -> list[int]:
    """The ids of the records that a step made."""
    result = outcome.get("result") if step.get("method") in _MAKES else None
    if step.get("method") == "name_create" and isinstance(result, list):
        result = result[:1]
    found = result if isinstance(result, list) else [result]
    return [id for id in found if type(id) is int]


def with_ids(value: Any, known: Mapping[int, Any], *, here: bool = False) -> Any:
    """The value with known ids replaced: in lists, under keys that are named as ids are, and `here`."""
    if isinstance(value, dict):
        return {key: with_ids(item, known, here=is_id(key)) for key, item in value.items()}
    if isinstance(value, list):
        return [with_ids(item, known, here=True) for item in value]
    return known.get(value, value) if here and type(value) is int else value


class Links:
    """Turns the calls of a session into steps that refer to what earlier ones made."""

    def __init__(self) -> None:
        self._references: dict[int, dict[str, str]] = {}
        self._masks: dict[int, dict[str, int]] = {}
        self._steps = 0

    def linked(self, step: Step, outcome: Outcome) -> Step:
        """The step with references to records of earlier steps, and what it answered with their ids masked."""
        linked = {**step, **{name: with_ids(step[name], self._references) for name in _SENT if name in step}}
        self._steps += 1
        made, name = made_by(step, outcome), f"step{self._steps}"
        single = type(outcome.get("result")) is int
        for place, id in enumerate(made):
            self._references[id] = {"$ref": name if single else f"{name}.{place}"}
            self._masks[id] = {"$id": len(self._masks) + 1}
        saved = {"save": name} if made else {}
        masked = {key: with_ids(value, self._masks, here=bool(made)) for key, value in outcome.items()}
        return {**linked, **saved, "expect": masked}


_SENT = ("args", "kwargs", "ids")
