"""What a model says of itself and of its defaults, and the small public methods every model has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Self

from fauxdoo.mockserver.errors import AccessError, MissingError
from fauxdoo.mockserver.orm import api
from fauxdoo.mockserver.orm.commands import Command, linked, parse
from fauxdoo.mockserver.orm.deleting import Deleting
from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.fields.scalar import Selection
from fauxdoo.mockserver.orm.fields.x2many import X2many

__all__ = ["Metadata"]

_NUMBERS = ("integer", "float", "monetary")
"""Types that have an aggregator unless a field says otherwise."""
_OPERATIONS = ("read", "write", "create", "unlink")


class Metadata(Deleting):
    """`fields_get`, `default_get`, `has_access`, archiving, `get_metadata` and others."""

    __slots__ = ()

    _transient: ClassVar[bool] = False
    _with_default: ClassVar[tuple[str, ...]] = ()
    """Names of the fields that have a default of their own."""

    # ---------------------------------------------------------------- defaults

    @api.model
    def default_get(self, fields: Iterable[str]) -> dict[str, Any]:
        """Values for a new record: `default_*` of the context, then ir.default, then the field's own default."""
        wanted = set(fields)
        result = {name: self._own_default(self._fields[name]) for name in self._with_default if name in wanted}
        result |= self._inherited_defaults(wanted)
        for name, value in self._user_defaults().items():
            if name in wanted and name in self._fields and not self._fields[name].company_dependent:
                result[name] = value
        for key, value in self.env.context.items():
            name = key.removeprefix("default_") if isinstance(key, str) else ""
            if name != key and name in wanted:  # of no field too, recorded in meta/default-get-partner
                result[name] = self._checked_default(self._fields[name], value) if name in self._fields else value
        return {name: value for name, value in result.items() if value is not None}

    def _own_default(self, field: Field) -> Any:
        value = field.default_value(self)
        made = hasattr(value, "_ids") or isinstance(value, date)
        return field.to_write(field.to_cache(value, self), self) if made else value

    def _inherited_defaults(self, wanted: set[str]) -> dict[str, Any]:
        """Defaults of the fields that are those of a parent record."""
        result: dict[str, Any] = {}
        for model, link in self._inherits.items():
            theirs = {
                (field.related or "").partition(".")[2]: name
                for name, field in self._fields.items()
                if name in wanted and field.inherited and (field.related or "").startswith(f"{link}.")
            }
            if theirs:
                found = self.env[model].default_get(list(theirs))
                result |= {theirs[name]: value for name, value in found.items() if name in theirs}
        return result

    def _checked_default(self, field: Field, value: Any) -> Any:
        """The value of the context as `write` takes it; whether a key may be selected is asked only there."""
        if isinstance(field, Selection):
            return value or False
        if isinstance(field, X2many):
            return _as_set(field, value)
        return field.to_write(field.to_cache(value, self), self)

    def _user_defaults(self) -> Mapping[str, Any]:
        """Values of ir.default for this model and user, by field."""
        if self._name == "ir.default" or self._abstract:
            return {}
        defaults: Mapping[str, Any] = self.env["ir.default"].sudo()._model_defaults(self._name)
        return defaults

    # ---------------------------------------------------------------- description

    @api.model
    def fields_get(
        self, allfields: Collection[str] | None = None, attributes: Collection[str] | None = None
    ) -> dict[str, dict[str, Any]]:
        """The description of each field the user may see; unknown names and attributes are left out."""
        self.env.check_lang()
        allowed = self.env.access.field_allowed
        result: dict[str, dict[str, Any]] = {}
        for name, field in self._fields.items():
            if allfields and name not in allfields:
                continue
            if field.groups and not self.env.su and not allowed(self, field):
                continue
            described = self._describe(field)
            result[name] = {k: v for k, v in described.items() if attributes is None or k in attributes}
        return result

    def _describe(self, field: Field) -> dict[str, Any]:
        facts = field.facts
        description: dict[str, Any] = {
            "type": field.type,
            "name": field.name,
            "string": field.string or field.name,
            "required": bool(field.required),
            "readonly": bool(field.readonly),
            "store": bool(field.store),
            "searchable": facts.get("searchable", field.store or bool(field.search or field.related)),
            "sortable": facts.get("sortable", field.is_column),
            "groupable": facts.get("groupable", field.is_column or field.type == "many2many"),
            "company_dependent": bool(field.company_dependent),
            "manual": facts.get("manual", False),
            "change_default": False,
            "default_export_compatible": False,
            "exportable": True,
        }
        if field.help:
            description["help"] = field.help
        if field.related:
            description["related"] = field.related
        if field.depends is not None or field.compute or field.related:
            description["depends"] = list(field.depends or ([field.related] if field.related else []))
        else:
            description["depends"] = []
        if field.groups:
            description["groups"] = field.groups
        if field.aggregator or (field.type in _NUMBERS and field.name not in ("id", "sequence")):
            description["aggregator"] = field.aggregator or False
        return {**description, **field.describe(self.env)}

    # ---------------------------------------------------------------- access

    def check_access(self, operation: str) -> None:
        """Raise AccessError unless the operation is allowed on these records."""
        assert operation in _OPERATIONS, "Invalid access mode"
        if self.env.su:
            return
        self.env.access.check(self, operation)
        if self._ids:
            self.env.flush()
            self.env.access.check_rules(self, operation)

    def _kept_from_user(self, operation: str) -> Self:
        """Those of the records that the model itself, rather than a rule, keeps from the user."""
        return self._spawn(())

    @classmethod
    def _keeps_from_user(cls) -> bool:
        """Whether the model has reasons of its own, besides rules, to keep records from a user."""
        return cls._kept_from_user is not Metadata._kept_from_user

    def has_access(self, operation: str) -> bool:
        """Whether the operation is allowed on these records; raises MissingError for missing ones."""
        if self._ids and not self.env.su and len(self.exists()) < len(self):
            raise (self - self.exists())._missing()
        try:
            self.check_access(operation)
        except MissingError:
            raise
        except AccessError:
            return False
        return True

    @api.model
    def check_access_rights(self, operation: str, raise_exception: bool = True) -> bool | None:
        """Raise where the access rights forbid the operation, or say it (kept by Odoo 19 for older clients)."""
        if not raise_exception:
            return self.browse().has_access(operation)
        self.browse().check_access(operation)
        return None

    @api.model
    def check_field_access_rights(self, operation: str, field_names: list[str] | None) -> list[str]:
        """The fields the user may use of those named (of all for none); AccessError for one he may not (kept for older
        clients)."""
        for name in field_names or ():
            field = self._fields.get(name)
            if field is not None and not self.env.access.field_allowed(self, field):
                raise self.env.access.field_denial(self, field, operation)
        fields = field_names or [
            name for name, field in self._fields.items() if self.env.access.field_allowed(self, field)
        ]
        return list(fields)

    def check_access_rule(self, operation: str) -> None:
        """Raise where a record rule forbids the operation (kept by Odoo 19 for older clients)."""
        self.check_access(operation)

    # ---------------------------------------------------------------- archive

    def action_archive(self) -> None:
        """Archive the active records."""
        self._set_active(False)

    def action_unarchive(self) -> None:
        """Bring archived records back."""
        self._set_active(True)

    def toggle_active(self) -> None:
        """Archive the active, bring back the archived."""
        active = self.filtered(self._active_name or "id")
        (self - active).action_unarchive()
        active.action_archive()

    def _set_active(self, value: bool) -> None:
        name = self._active_name
        assert name, f"No 'active' field on model {self._name}"
        self.filtered(lambda record: bool(record[name]) != value).write({name: value})

    # ---------------------------------------------------------------- others

    @api.model
    def name_create(self, name: str) -> tuple[int, str] | bool:
        """Make a record of nothing but its name; (id, display name)."""
        if not self._rec_name:
            return False
        record = self.create([{self._rec_name: name}])
        return record.id, record.display_name

    def get_metadata(self) -> list[dict[str, Any]]:
        """Who made and changed each record and when, and its xmlids."""
        xmlids = self._xmlid_rows()
        rows = self.read(["id", "create_uid", "create_date", "write_uid", "write_date"])
        for row in rows:
            own = xmlids.get(row["id"], [])
            row["xmlids"] = own
            row["xmlid"] = own[-1]["xmlid"] if own else False
            row["noupdate"] = own[-1]["noupdate"] if own else False
        return rows

    def _xmlid_rows(self) -> dict[int, list[dict[str, Any]]]:
        data = self.env["ir.model.data"].sudo()
        found = data.search_read(
            [("model", "=", self._name), ("res_id", "in", self.ids)], ["module", "name", "res_id", "noupdate"]
        )
        result: dict[int, list[dict[str, Any]]] = {}
        for row in found:
            entry = {"xmlid": f"{row['module']}.{row['name']}", "noupdate": row["noupdate"]}
            result.setdefault(row["res_id"], []).append(entry)
        return result

    def get_external_id(self) -> dict[int, str]:
        """An xmlid per record, empty text without one."""
        xmlids = self._xmlid_rows()
        return {id: xmlids[id][0]["xmlid"] if id in xmlids else "" for id in self._ids}

    @api.model
    def is_transient(self) -> bool:
        """Whether records of the model live only for a while."""
        return self._transient


def _as_set(field: X2many, value: Any) -> Any:
    """Commands that only link as the one that sets all links."""
    if any(command not in _LINKING for command, _id, _payload in parse(field, value)):
        return value
    return [Command.set(dict.fromkeys(linked(field, value)))]


_LINKING = (Command.LINK, Command.SET, Command.CLEAR)
