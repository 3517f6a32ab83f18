"""What every model answers about addresses in the web client and translations of its texts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.fields.properties import Properties

__all__ = ["Base"]


class Base(models.BaseModel):
    """Part of all models."""

    _name = "base"

    def get_base_url(self) -> str:
        """The address of the server, as parameter `web.base.url` says."""
        url = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        return str(url or "")

    def get_formview_id(self, access_uid: int | None = None) -> bool:
        """The form view to open a record with: none in particular."""
        return False

    def get_formview_action(self, access_uid: int | None = None) -> dict[str, Any]:
        """The action that opens the record."""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "views": [[self.get_formview_id(access_uid), "form"]],
            "target": "current",
            "res_id": self.id,
            "context": dict(self.env.context),
        }

    @api.model
    def get_property_definition(self, full_name: str) -> dict[str, Any]:
        """The definition of a property, `field.property`, wherever it stands; {} where it is not defined.

        Raises ValueError for a field that has no properties.
        """
        self.browse().check_access("read")
        field_name, _dot, name = full_name.partition(".")
        field = self._fields.get(field_name)
        if not isinstance(field, Properties):
            raise ValueError(f"Wrong field name {field_name!r}.")
        containers = self.env[self._fields[field.definition_record].comodel_name].sudo()
        column = field.definition_field(containers)
        for container in containers.with_context(active_test=False).search([]):
            for definition in container[column]:
                if definition["name"] == name:
                    return dict(definition)
        return {}

    def get_field_translations(
        self, field_name: str, langs: Collection[str] | None = None
    ) -> tuple[list[dict[str, str]], dict[str, Any]]:
        """The text in each active language, none for a field that is not translated; and how it is translated.

        Raises KeyError for an unknown field.
        """
        field = self._fields[field_name]
        self.ensure_one()
        self.check_access("read")
        kind = {"translation_type": "char" if field.type == "char" else "text", "translation_show_source": False}
        if not field.translate:
            return [], kind
        source = self.with_context(lang=None)[field_name] or ""
        codes = sorted(langs or self.env.active_languages)
        values = {code: self.with_context(lang=code)[field_name] or "" for code in codes}
        return [{"lang": code, "source": source, "value": value} for code, value in values.items()], kind

    def update_field_translations(
        self, field_name: str, translations: Mapping[str, Any], source_lang: str = ""
    ) -> bool:
        """Set the text of some languages; raises UserError for languages that are not active."""
        inactive = [code for code in translations if code not in self.env.active_languages]
        if inactive:
            raise UserError(f"The following languages are not activated: {', '.join(inactive)}")
        if not self._fields[field_name].translate:
            return False
        for code, text in translations.items():
            self.with_context(lang=code).write({field_name: text})
        return True
