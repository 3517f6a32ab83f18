"""Messages on records that tell what has changed in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from itertools import groupby
from typing import Any, ClassVar, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import MissingError
from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.fields.scalar import Monetary, Selection

__all__ = ["MailThreadTracking"]

_LAST = 100
"""The place of a field that has none of its own."""

TRACKED: Mapping[str, Mapping[str, int]] = {
    "account.move": dict.fromkeys(
        (
            "amount_untaxed",
            "checked",
            "currency_id",
            "date",
            "invoice_origin",
            "invoice_source_email",
            "invoice_user_id",
            "is_move_sent",
            "move_type",
            "name",
            "partner_bank_id",
            "partner_id",
            "payment_reference",
            "payment_state",
            "ref",
            "state",
        ),
        _LAST,
    ),
    "crm.lead": {
        "partner_id": 10,
        "type": 15,
        "partner_name": 20,
        "contact_name": 30,
        "email_from": 40,
        "phone": 50,
        **dict.fromkeys(
            (
                "active",
                "expected_revenue",
                "lost_reason_id",
                "recurring_revenue",
                "stage_id",
                "team_id",
                "user_id",
            ),
            _LAST,
        ),
    },
    "project.project": dict.fromkeys(
        ("date", "name", "partner_id", "privacy_visibility", "stage_id", "user_id"), _LAST
    ),
    "project.task": dict.fromkeys(
        (
            "allocated_hours",
            "date_deadline",
            "depend_on_ids",
            "milestone_id",
            "name",
            "parent_id",
            "partner_id",
            "priority",
            "project_id",
            "stage_id",
            "state",
            "user_ids",
        ),
        _LAST,
    ),
    "purchase.order": dict.fromkeys(
        ("acknowledged", "amount_untaxed", "locked", "partner_id", "state", "user_id"), _LAST
    ),
    "res.partner": {
        "email": 1,
        "name": 1,
        "phone": 2,
        "parent_id": 3,
        "user_id": 4,
        "vat": 5,
        "contact_address_inline": _LAST,
    },
    "sale.order": {
        "partner_id": 1,
        "pricelist_id": 1,
        "user_id": 2,
        "state": 3,
        "amount_total": 4,
        "amount_untaxed": 5,
        "locked": _LAST,
        "team_id": _LAST,
    },
    "stock.picking": dict.fromkeys(("picking_type_id", "scheduled_date", "state", "user_id"), _LAST),
}
"""By model, the tracked fields of Odoo 19 and their places, as far as they are publicly known: the catalogue has none.
Fields that a class declares say it themselves: `fields.Char(tracking=True)`."""


class _Notes(dict[tuple[str, int], tuple[Any, dict[str, Any]] | None]):
    """By model and id, the environment of the first change and the values before; None for what was made meanwhile."""

    def tell(self) -> None:
        """Write on the records what has changed in them."""
        noted = [(model, kept[0], id, kept[1]) for (model, id), kept in self.items() if kept is not None]
        self.update(dict.fromkeys(((model, id) for model, _env, id, _before in noted), None))
        for (model, _), group in groupby(noted, key=lambda note: (note[0], id(note[1]))):
            notes = list(group)
            env, before = notes[0][1], {id: values for _model, _env, id, values in notes}
            context = {name: value for name, value in env.context.items() if not name.startswith("default_")}
            env(su=True, context=context)[model].browse(before).exists()._tell_changes(before)


class MailThreadTracking(models.AbstractModel):
    """What is tracked is noted before it changes, and told of in one message per record when the transaction ends."""

    _inherit = "mail.thread"
    _tracked_names: ClassVar[list[str]]
    _tracked_sources: ClassVar[dict[str, set[str]]]

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make records, of which nothing is told but that they were made."""
        records = super().create(vals_list)
        if self._is_tracking():
            self._notes().update(dict.fromkeys(((self._name, id) for id in records._ids), None))
        return records

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values, and tell of those that are tracked."""
        if self._is_tracking():
            names = [name for name in self._tracked() if not vals.keys().isdisjoint(self._sources(name))]
            for record in self.sudo():
                record._note(names)
        return super().write(vals)

    def _recompute(self, field: Field, ids: Iterable[Any] | None = None) -> None:
        if field.name in self._tracked() and self._is_tracking():
            pending = self.env.transaction.pending.get(field, {})
            self._note_stored(field, [id for id in (pending if ids is None else ids) if id in pending])
        super()._recompute(field, ids)

    def _is_tracking(self) -> bool:
        context = self.env.context
        return bool(self._tracked()) and not (context.get("tracking_disable") or context.get("mail_notrack"))

    @classmethod
    def _tracked(cls) -> list[str]:
        """Names of the tracked fields, in the order they are told of."""
        if "_tracked_names" not in vars(cls):
            places = {name: place for name, place in TRACKED.get(cls._name, {}).items() if name in cls._fields}
            for field in cls._fields.values():
                if field.tracking:
                    places[field.name] = _LAST if field.tracking is True else field.tracking
            cls._tracked_names = sorted(places, key=lambda name: (places[name], name))
            cls._tracked_sources = {}
        return cls._tracked_names

    @classmethod
    def _sources(cls, name: str) -> set[str]:
        """The fields of the model that change the value of a tracked one when they are set: itself, for one that is not
        stored what it depends on too. Stored ones that are computed are noted when that happens."""
        if name not in cls._tracked_sources:
            found, waiting = set(), [name]
            while waiting:
                each = waiting.pop()
                if each not in found and each in cls._fields:
                    found.add(each)
                    paths = () if cls._fields[each].store else cls._fields[each].depends or ()
                    waiting += [path.partition(".")[0] for path in paths]
            cls._tracked_sources[name] = found
        return cls._tracked_sources[name]

    # ---------------------------------------------------------------- before

    def _notes(self) -> _Notes:
        """What this transaction has noted; it is told when the transaction ends."""
        waiting = self.env.transaction.before_commit
        if "tracking" not in waiting:
            waiting["tracking"] = _Notes().tell
        notes: _Notes = waiting["tracking"].__self__  # type: ignore[attr-defined]
        return notes

    def _noted(self, id: int) -> dict[str, Any] | None:
        """The values of a record before, to be added to; None where they are of no interest."""
        kept = self._notes().setdefault((self._name, id), (self.env, {}))
        return None if kept is None else kept[1]

    def _note(self, names: Iterable[str]) -> None:
        before = self._noted(self.id)
        if before is None:
            return
        for name in names:
            if name not in before:
                try:
                    before[name] = self[name]
                except MissingError:
                    return

    def _note_stored(self, field: Field, ids: list[Any]) -> None:
        """Note what the columns that are computed with a field hold."""
        wanted = [each for each in self._computed_with(field) if each.name in self._tracked() and each.is_column]
        for id, *values in self.sudo()._rows(wanted, ids):
            before = self._noted(id)
            if before is not None:
                for each, value in zip(wanted, values, strict=True):
                    cached = None if value is None else each.from_column(value)
                    before.setdefault(each.name, each.to_record(cached, self.browse(id)))

    # ---------------------------------------------------------------- after

    def _tell_changes(self, before: Mapping[int, Mapping[str, Any]]) -> None:
        """Write on each record what differs from its values before, if anything does."""
        told = {record: changes for record in self if (changes := record._changes(before[record.id]))}
        if not told:
            return
        kinds = {record: record._track_subtype({name: old for name, old, _new in told[record]}) for record in told}
        noted = self.browse(record.id for record, kind in kinds.items() if not kind)
        messages = dict(zip(noted.ids, noted._put_note("", email_from=self._own_address()).ids, strict=True))
        for record, kind in kinds.items():
            if kind:
                messages[record.id] = record.message_post(subtype_id=kind.id).id
        rows = [(record, messages[record.id], change) for record in told for change in reversed(told[record])]
        self.env["mail.tracking.value"].create(
            [{**record._tracking_values(*change), "mail_message_id": message} for record, message, change in rows]
        )

    def _changes(self, before: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
        """(field, old value, new value) of the tracked fields that differ."""
        values = [(name, before[name], self[name]) for name in self._tracked() if name in before]
        return [(name, old, new) for name, old, new in values if old != new and (old or new)]

    def _track_subtype(self, before: Mapping[str, Any]) -> Any:
        """The kind of message that these changes are; nothing for a note. `before` has the values that have changed."""
        return None

    def _field_id(self, name: str) -> int | None:
        catalogue = self.env.registry.catalogue
        known = name in catalogue.model(self._name)["fields"] if self._name in catalogue else False
        return catalogue.field_id(self._name, name) if known else None

    def _tracking_values(self, name: str, old: Any, new: Any) -> dict[str, Any]:
        """The field, and both values in the columns for its type."""
        return {"field_id": self._field_id(name), **self._values_by_type(self._fields[name], old, new)}

    def _values_by_type(self, field: Field, old: Any, new: Any) -> dict[str, Any]:
        if field.is_relational:
            texts = {f"{when}_value_char": _names(value) for when, value in (("old", old), ("new", new))}
            if field.is_x2many:
                return texts
            return {**texts, "old_value_integer": old.id or 0, "new_value_integer": new.id or 0}
        if isinstance(field, Selection):
            labels = dict(field.pairs(self.env))
            return {
                "old_value_char": labels.get(old, old) if old else "",
                "new_value_char": labels.get(new, new) if new else "",
            }
        kind = {"boolean": "integer", "monetary": "float", "date": "datetime"}.get(field.type, field.type)
        values = {f"old_value_{kind}": _plain(field, old), f"new_value_{kind}": _plain(field, new)}
        if isinstance(field, Monetary):
            values["currency_id"] = self[field.currency_field or "currency_id"].id
        return values


def _names(records: Any) -> str:
    return ", ".join(record.display_name or "" for record in records.exists())


def _plain(field: Field, value: Any) -> Any:
    if field.type == "boolean":
        return int(value)
    if field.type == "date" and value:
        return datetime.combine(value, time())
    return value
