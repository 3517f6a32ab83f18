"""`onchange`: what a form shows anew when a value is typed into it; nothing is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fauxdoo.mockserver import models
from fauxdoo.mockserver.models.web.snapshot import Snapshot

__all__ = ["OnchangeBase"]


class OnchangeBase(models.BaseModel):
    """Part of all models."""

    _inherit = "base"

    def onchange(
        self, values: Mapping[str, Any], field_names: Iterable[str], fields_spec: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`value`: fields of the specification that changed with those named, `warning`: what an onchange method says.

        Where no field is named a new form opens: all fields, with defaults. Unknown names answer {}.
        """
        names = list(field_names)
        if any(name not in self._fields for name in names):
            return {}
        if self and not self.exists():
            raise self._missing()
        self.check_access("read")
        if not (self and self._name == "res.users"):  # users may change some of their own fields
            self.check_access("write" if self else "create")
        self.check_field_access_rights("read", [name for name in fields_spec if name in self._fields])
        given = dict(values)
        if first := not names:
            names = self._first_values(given, fields_spec)
        changed = {name: given.pop(name) for name in names if name in given}
        record = self.new({name: value for name, value in given.items() if name != "id"}, origin=self.id or None)
        before = Snapshot(record, fields_spec)
        record._set_draft(changed, validate=True)
        for name in changed:
            before.fetch(name)
        result = record._react(names, fields_spec, before, first)
        return {"value": Snapshot(record, fields_spec).difference(before, everything=first), **result}

    def _first_values(self, values: dict[str, Any], fields_spec: Mapping[str, Any]) -> list[str]:
        """Complete the values of a form that opens; answers the names of those that have one."""
        names = [name for name in values if name != "id"]
        missing = [name for name in fields_spec if name not in values]
        defaults = self.default_get(missing)
        for name in missing:
            if name in defaults:
                values[name] = defaults[name]
                names.append(name)
        return names

    def _react(self, names: list[str], fields_spec: Mapping[str, Any], before: Snapshot, first: bool) -> dict[str, Any]:
        """Run the onchange methods of these fields, and of those that change by it."""
        warnings: list[dict[str, Any]] = []
        todo = list(dict.fromkeys([*names, *fields_spec])) if first else list(names)
        done: set[str] = set()
        while todo:
            name = todo.pop(0)
            if name in done:
                continue
            done.add(name)
            warnings += self._run_onchange(name)
            if self.env.context.get("recursive_onchanges", True):
                todo += [each for each in fields_spec if each not in done and before.has_changed(each)]
        if not warnings:
            return {}
        if len(warnings) == 1:
            return {"warning": {"type": "dialog", **warnings[0]}}
        messages = "\n\n".join(f"{warning['title']}\n\n{warning['message']}" for warning in warnings)
        return {"warning": {"title": "Warnings", "message": messages, "type": "dialog"}}

    def _run_onchange(self, field_name: str) -> list[dict[str, Any]]:
        warnings = []
        for method in self._onchange_methods.get(field_name, ()):
            answer = getattr(self, method)() or {}
            for name, value in (answer.get("value") or {}).items():
                if name in self._fields and name != "id":
                    self[name] = value
            if answer.get("warning"):
                warnings.append(answer["warning"])
        return warnings
