"""Addresses that make records of the mails they get."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models

__all__ = ["MailAlias", "MailAliasMixin"]


class MailAlias(models.Model):
    """An address of a model."""

    _inherit = "mail.alias"

    @api.compute("alias_full_name")
    @api.depends("alias_domain_id.name", "alias_name")
    def _compute_alias_full_name(self) -> None:
        for alias in self:
            name, domain = alias.alias_name, alias.alias_domain_id.name
            alias.alias_full_name = f"{name}@{domain}" if name and domain else name

    @api.compute("alias_status")
    @api.depends("alias_contact", "alias_defaults", "alias_model_id")
    def _compute_alias_status(self) -> None:
        for alias in self:
            alias.alias_status = alias.alias_status or "not_tested"

    def _compute_display_name(self) -> None:
        for alias in self:
            alias.display_name = alias.alias_full_name or "Inactive Alias"


class MailAliasMixin(models.AbstractModel):
    """Records that come with an alias of their own."""

    _name = "mail.alias.mixin"

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make records with their aliases, which make records of what belongs to them.

        Records that may have an alias but are none, such as journals, are made without.
        """
        if "mail.alias" not in self._inherits:
            return super().create(vals_list)
        defaults = {"alias_model_id": self.env["ir.model"].sudo()._id_of(self._alias_model())}
        records = super().create([{**defaults, **vals} for vals in vals_list])
        for record in records:
            parent = self.env["ir.model"].sudo()._id_of(self._name)
            record.sudo().alias_id.write({"alias_parent_model_id": parent, "alias_parent_thread_id": record.id})
        return records

    def unlink(self) -> bool:
        """Delete records with their aliases."""
        aliases = self.sudo().alias_id
        super().unlink()
        aliases.exists().unlink()
        return True

    @api.model
    def _alias_model(self) -> str:
        """The model whose records the aliases make."""
        return {"project.project": "project.task", "crm.team": "crm.lead"}.get(self._name, self._name)
