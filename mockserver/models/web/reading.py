"""`web_read` and what is built on it: records with their relations, as deep as a specification says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fauxdoo.mockserver import models

__all__ = ["Base"]

_Values = list[dict[str, Any]]


class Base(models.AbstractModel):
    _inherit = "base"

    def web_search_read(
        self,
        domain: Any,
        specification: Mapping[str, Any],
        offset: int = 0,
        limit: int | None = None,
        order: str | None = None,
        count_limit: int | None = None,
    ) -> dict[str, Any]:
        """{length, records}: one page, and how many there are in all, counted up to `count_limit`.

        A page past the end has length 0.
        """
        self._readable(specification.keys())
        records = self.search(domain, offset, limit, order)
        if not records:
            return {"length": 0, "records": []}
        length = len(records) + (offset or 0)
        enough = count_limit and count_limit <= length
        if limit and len(records) == limit and not enough:
            length = self.search_count(domain, limit=count_limit)
        return {"length": length, "records": records.web_read(specification)}

    def web_read(self, specification: Mapping[str, Any]) -> _Values:
        """The fields of the specification; a relation with `fields` in its own specification is read likewise."""
        wanted = {name: dict(options or {}) for name, options in specification.items()}
        if not set(wanted) - {"id"}:
            return [{"id": id} for id in self._ids]
        values = self.read(list(wanted), load=None)
        for name, options in wanted.items():
            field = self._fields[name]
            if field.type == "many2one":
                self._web_read_many2one(field, options, values)
            elif field.is_x2many:
                self._web_read_lines(field, options, values)
            elif field.type in ("reference", "many2one_reference"):
                self._web_read_reference(field, options, values)
        return values

    def web_name_search(
        self, name: str, specification: Mapping[str, Any], domain: Any = None, operator: str = "ilike", limit: int = 100
    ) -> _Values:
        """What `name_search` finds, read by a specification."""
        found = self.name_search(name, domain, operator, limit)
        if set(specification) == {"display_name"}:
            records = self.browse([id for id, _shown in found]).with_context(formatted_display_name=True)
            formatted = (record.display_name for record in records)
            return [
                {"id": id, "display_name": shown, "__formatted_display_name": label}
                for (id, shown), label in zip(found, formatted, strict=True)
            ]
        return self.browse([id for id, _shown in found]).web_read(specification)

    def _web_read_many2one(self, field: Any, options: Mapping[str, Any], values: _Values) -> None:
        if "fields" not in options:
            return
        targets = self.env[field.comodel_name].browse(
            dict.fromkeys(row[field.name] for row in values if row[field.name])
        )
        shown = _read_target(targets.with_context(**options.get("context", {})), options["fields"])
        for row in values:
            if row[field.name]:
                row[field.name] = dict(shown.get(row[field.name], {"id": row[field.name]}))

    def _web_read_lines(self, field: Any, options: Mapping[str, Any], values: _Values) -> None:
        if not options:
            return
        lines = self.env[field.comodel_name].with_context(**options.get("context", {}))
        if options.get("order"):
            ids = {id for row in values for id in row[field.name]}
            order = lines.with_context(active_test=False).search([("id", "in", list(ids))], order=options["order"])._ids
            for row in values:
                row[field.name] = [id for id in order if id in row[field.name]]
        if "fields" not in options:
            return
        limit = options.get("limit")
        near = dict.fromkeys(id for row in values for id in row[field.name][:limit])
        shown = {line["id"]: line for line in lines.browse(near).web_read(options["fields"])}
        for row in values:
            row[field.name] = [dict(shown.get(id, {"id": id})) for id in row[field.name]]

    def _web_read_reference(self, field: Any, options: Mapping[str, Any], values: _Values) -> None:
        if "fields" not in options:
            return
        for record, row in zip(self.browse([row["id"] for row in values]), values, strict=True):
            target = record[field.name] if field.type == "reference" else record._referred(field)
            found = _read_target(target, options["fields"]).get(target.id) if target else None
            if found is not None and field.type == "reference":
                found["id"] = {"id": target.id, "model": target._name}
            row[field.name] = found or False

    def _referred(self, field: Any) -> Any:
        """The record that an id and the model in another field stand for, None without one."""
        model = self[field.model_field or "res_model"]
        return self.env[model].browse(self[field.name]) if model and self[field.name] else None


def _read_target(targets: Any, specification: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """The values of linked records by id; display names are shown whatever the rights."""
    names = "display_name" in specification
    rest = {name: options for name, options in specification.items() if name != "display_name"}
    shown: dict[int, dict[str, Any]] = {row["id"]: row for row in targets.web_read(rest)}
    for target in targets.sudo() if names else ():
        shown[target.id]["display_name"] = target.display_name
    return shown
