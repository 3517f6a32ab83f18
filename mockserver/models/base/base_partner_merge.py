"""Contacts that are one: what belongs to the others goes to the one that stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from fauxdoo.mockserver import models
from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.orm.fields.base import MAGIC
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.stores.base import UniqueViolation

__all__ = ["BasePartnerMergeAutomaticWizard"]

_MOST = 3
_PARTNER = "res.partner"
_DOCUMENTS = (
    *(("ir.attachment", "res_model"), ("mail.followers", "res_model"), ("mail.activity", "res_model")),
    *(("mail.message", "model"), ("ir.model.data", "model")),
)
"""Models whose records belong to others, and the field with the name of these others' model."""
_OWN = ("base.partner.merge.automatic.wizard", "base.partner.merge.line")
_FIRST = datetime(1970, 1, 1)


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Asks which contacts are one, and which of them stays."""

    _inherit = "base.partner.merge.automatic.wizard"

    def default_get(self, fields: Iterable[str]) -> dict[str, Any]:
        """For the contacts of the context the oldest active one is proposed to stay."""
        found = super().default_get(fields)
        ids = self.env.context.get("active_ids")
        if self.env.context.get("active_model") == _PARTNER and ids:
            kept = _oldest_last(self.env[_PARTNER].browse(ids))[-1]
            proposed = {"state": "selection", "partner_ids": [(6, 0, ids)], "dst_partner_id": kept.id}
            found.update({name: value for name, value in proposed.items() if name in fields})
        return found

    def action_merge(self) -> dict[str, Any]:
        """Merge the contacts; an action that shows the wizard, which is at its end."""
        self.ensure_one()
        if self.partner_ids:
            self._merge(self.partner_ids.exists(), self.dst_partner_id)
        self.write({"state": "finished", "current_line_id": False, "partner_ids": [(5,)]})
        shown = {"res_model": self._name, "res_id": self.id, "view_mode": "form", "target": "new"}
        return {"type": "ir.actions.act_window", **shown}

    def _merge(self, partners: Any, kept: Any) -> None:
        if len(partners) < 2:
            return
        self._check(partners)
        if kept not in partners:
            kept = _oldest_last(partners)[-1]
        others = partners - kept
        if not self.env.is_admin() and self._has_entries(others):
            raise UserError(
                "Only the destination contact may be linked to existing Journal Items. Please ask the Administrator if"
                " you need to merge several contacts linked to existing Journal Items."
            )
        _Move(others, kept).run()
        _complete(kept, [*_oldest_last(others), kept])
        names = ", ".join(f"{other.name} <{other.email or 'n/a'}> (ID {other.id})" for other in others)
        kept.message_post(body=f"Merged with the following partners: {names}")
        others.unlink()

    def _check(self, partners: Any) -> None:
        """Raise UserError for contacts that cannot be one, or not by this user."""
        if len(partners) > _MOST:
            raise UserError(
                "For safety reasons, you cannot merge more than 3 contacts together. You can re-open the wizard several"
                " times if needed."
            )
        if any(parent in partners for partner in partners for parent in _parents(partner)):
            raise UserError("You cannot merge a contact with one of his parent.")
        if len(partners.with_context(active_test=False).user_ids) > 1:
            raise UserError("You cannot merge contacts linked to more than one user even if only one is active.")
        if not self.env.is_admin() and len(set(partners.mapped("email"))) > 1:
            raise UserError(
                "All contacts must have the same email. Only the Administrator can merge contacts with different"
                " emails."
            )

    def _has_entries(self, partners: Any) -> bool:
        return bool(self.env["account.move.line"].sudo().search_count([("partner_id", "in", partners.ids)], limit=1))


def _parents(partner: Any) -> list[Any]:
    found = []
    while partner := partner.parent_id:
        found.append(partner)
    return found


def _oldest_last(partners: Any) -> list[Any]:
    """Archived ones first, the oldest of the active ones last."""
    return sorted(partners, key=lambda each: (not each.active, each.create_date or _FIRST), reverse=True)


def _complete(kept: Any, partners: Sequence[Any]) -> None:
    """Fill what is empty: of each field the last value counts, and the contact that stays comes last."""
    values: dict[str, Any] = {}
    for name, field in kept._fields.items():
        if field.store and not (field.compute or field.related or field.is_x2many or name in MAGIC):
            for partner in partners:
                if partner[name]:
                    values[name] = field.to_write(field.cached(partner), partner)
    parent = values.pop("parent_id", None)
    kept.write(values)
    if parent and parent != kept.id:
        try:
            with kept.env.cr.savepoint():
                kept.write({"parent_id": parent})
        except ValidationError:
            kept.env.transaction.invalidate()


class _Move:
    """What refers to some records will refer to another one; where both may not, what the others had goes."""

    def __init__(self, records: Any, target: Any) -> None:
        self.env = target.env(su=True, context={"active_test": False})
        self.ids, self.target = records.ids, target.id

    def run(self) -> None:
        """Move links, lists of links, and what names records by model and id."""
        self.env.flush()
        registry = self.env.registry
        for model, field, _ondelete in registry.references(_PARTNER):
            if model not in _OWN and registry.has_rows(self.env, model) and self._is_link(model, field):
                registry.ensure(self.env, model)
                self._move(registry[model]._table, field, "id")
        for table, column, other in registry.links(self.env, _PARTNER):
            if not table.startswith("base_partner_merge"):
                self._move(table, column, other)
        self.env.transaction.invalidate()
        for model, field in _DOCUMENTS:
            self._move_documents(model, field)

    def _is_link(self, model: str, name: str) -> bool:
        field = self.env.registry[model]._fields[name]
        return bool(field.is_column and not field.company_dependent)

    def _move(self, table: str, column: str, key: str) -> None:
        """Change the column of the rows that name one of the records; `key` tells these rows apart."""
        name = SQL.identifier(column)
        where = self.env[_PARTNER]._among(name, self.ids)
        update = SQL("UPDATE %s SET %s = %s WHERE %s", SQL.identifier(table), name, self.target, where)
        try:
            with self.env.cr.savepoint():
                self.env.cr.execute(update)
        except UniqueViolation:
            self._move_each(table, column, key, where)

    def _move_each(self, table: str, column: str, key: str, where: SQL) -> None:
        names = [SQL.identifier(name) for name in (table, column, key)]
        rows = self.env.cr.execute(SQL("SELECT %s, %s FROM %s WHERE %s", names[1], names[2], names[0], where))
        for held, other in rows:
            this = SQL("%s = %s AND %s = %s", names[1], held, names[2], other)
            try:
                with self.env.cr.savepoint():
                    self.env.cr.execute(SQL("UPDATE %s SET %s = %s WHERE %s", names[0], names[1], self.target, this))
            except UniqueViolation:
                self.env.cr.execute(SQL("DELETE FROM %s WHERE %s", names[0], this))

    def _move_documents(self, model: str, field: str) -> None:
        registry = self.env.registry
        if not registry.has_rows(self.env, model):
            return
        for record in self.env[model].search([(field, "=", _PARTNER), ("res_id", "in", self.ids)]):
            try:
                with self.env.cr.savepoint():
                    record.write({"res_id": self.target})
                    self.env.flush()
            except ValidationError:
                self.env.transaction.invalidate()
                record.unlink()
