"""Countries and their states."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["ResCountry", "ResCountryState"]

_ADDRESS = (
    *("street", "street2", "zip", "city", "state_id", "country_id"),
    *("state_code", "state_name", "country_code", "country_name", "company_name"),
)
"""What a format of addresses may name."""


class ResCountry(models.Model):
    """Found by code before by name."""

    _inherit = "res.country"
    _sql_messages = {
        "res_country_name_uniq": "The name of the country must be unique!",
        "res_country_code_uniq": "The code of the country must be unique!",
    }

    @api.compute("image_url")
    def _compute_image_url(self) -> None:
        for country in self:
            country.image_url = f"/base/static/img/country_flags/{country.code.lower()}.png" if country.code else False

    @api.constrains("address_format")
    def _check_address_format(self) -> None:
        for country in self.filtered("address_format"):
            try:
                country.address_format % dict.fromkeys(_ADDRESS, 1)
            except (ValueError, KeyError):
                raise UserError("The layout contains an invalid format key") from None

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make countries; codes become upper-case."""
        return super().create([_upper_code(vals) for vals in vals_list])

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; codes become upper-case."""
        return bool(super().write(_upper_code(vals)))

    @api.model
    def name_search(
        self, name: str = "", domain: Any = None, operator: str = "ilike", limit: int | None = 100
    ) -> list[tuple[int, str]]:
        """Countries with this two-letter code first."""
        first: list[tuple[int, str]] = []
        if isinstance(name, str) and len(name) == 2 and operator in ("=", "ilike", "like", "=ilike"):
            exact = self.search([("code", "=ilike", name), *(domain or [])], limit=limit)
            first = [(country.id, country.display_name) for country in exact]
        found = super().name_search(name, domain, operator, limit)
        rows = [*first, *(row for row in found if row[0] not in {id for id, _name in first})]
        return rows[:limit] if limit else rows

    def get_address_fields(self) -> list[str]:
        """Names of the parts its address format uses."""
        self.ensure_one()
        return [part.partition(")")[0] for part in (self.address_format or "").split("%(")[1:]]


class ResCountryState(models.Model):
    """Shown with the country's code."""

    _inherit = "res.country.state"
    _columns_before = ("country_id", "name")
    _sql_messages = {"res_country_state_name_code_uniq": "The code of the state must be unique by country!"}

    def _compute_display_name(self) -> None:
        for state in self:
            state.display_name = f"{state.name} ({state.country_id.code})" if state.country_id else state.name


def _upper_code(vals: dict[str, Any]) -> dict[str, Any]:
    return {**vals, "code": vals["code"].upper()} if isinstance(vals.get("code"), str) else vals
