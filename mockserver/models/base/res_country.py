"""Countries and their states."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.domain import FALSE_DOMAIN, Domain, Or
from fauxdoo.mockserver.orm.operators import NEGATIVE

__all__ = ["ResCountry", "ResCountryGroup", "ResCountryState"]

_SHOWN = re.compile(r"(.+)\((.+)\)")

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
        by_code = ("code", operator, name) if operator not in NEGATIVE and name and len(name) == 2 else None
        return _code_first(self, super().name_search, by_code, (name, domain, operator, limit))

    def get_address_fields(self) -> list[str]:
        """Names of the parts its address format uses."""
        self.ensure_one()
        return [part.partition(")")[0] for part in (self.address_format or "").split("%(")[1:]]


class ResCountryGroup(models.Model):
    """Codes are upper-case."""

    _inherit = "res.country.group"
    _sql_messages = {"res_country_group_check_code_uniq": "The country group code must be unique!"}

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make groups; codes become upper-case."""
        return super().create([_upper_code(vals) for vals in vals_list])

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; codes become upper-case."""
        return bool(super().write(_upper_code(vals)))


class ResCountryState(models.Model):
    """Shown with the country's code."""

    _inherit = "res.country.state"
    _columns_before = ("country_id", "name")
    _sql_messages = {"res_country_state_name_code_uniq": "The code of the state must be unique by country!"}

    def _compute_display_name(self) -> None:
        formatted = self.env.context.get("formatted_display_name")
        for state in self:
            code = state.country_id.code
            state.display_name = f"{state.name} \t --{code}--" if formatted else f"{state.name} ({code})"

    @api.model
    def name_search(
        self, name: Any = "", domain: Any = None, operator: str = "ilike", limit: int | None = 100
    ) -> list[tuple[int, str]]:
        """States with this code first; with `in`, what is found for each of the names."""
        if operator == "in":
            found: list[tuple[int, str]] = []
            room = 100 if limit is None else limit
            for each in name:
                found += self.name_search(each, domain, "=", room - len(found))
                if len(found) == room:
                    break
            return found
        by_code = ("code", "=like", name) if operator not in NEGATIVE and name else None
        return _code_first(self, super().name_search, by_code, (name, domain, operator, limit))

    @api.model
    def _search_display_name(self, operator: str, value: Any) -> Any:
        """By name or code, or as it is shown; of the country in the context."""
        domain = Domain.internal(super()._search_display_name(operator, value))
        if value and operator not in NEGATIVE and operator in ("ilike", "=", "in"):
            names, single = (value, "=") if operator == "in" else ([value], operator)
            domain = Or.of([domain, *(_as_shown(name, single) for name in names)])
        country = self.env.context.get("country_id")
        return domain & Domain("country_id", "=", country) if country else domain


def _as_shown(name: str, operator: str) -> Domain:
    """States by `Name (country)`, a country by its code or a part of its name."""
    match = _SHOWN.fullmatch(name)
    if match is None:
        return FALSE_DOMAIN
    state, country = (part.strip() for part in match.groups())
    of_country = Domain(["|", ("country_id.name", "ilike", country), ("country_id.code", "=", country)])
    return Domain("name", operator, state) & of_country


_NameSearch = Callable[[Any, Any, str, int | None], list[tuple[int, str]]]


def _code_first(
    model: Any, search: _NameSearch, by_code: Any, asked: tuple[Any, Any, str, int | None]
) -> list[tuple[int, str]]:
    """(id, display name) of the records with a code, then of the others that a search by name finds."""
    name, domain, operator, limit = asked
    if by_code is None:
        return search(name, domain, operator, limit)
    exact = model.search([*(domain or []), by_code], limit=limit)
    rows = [(record.id, record.display_name) for record in exact.sudo()]
    rest = None if limit is None else limit - len(exact)
    if rest is not None and rest <= 0:
        return rows
    return rows + search(name, [*(domain or []), ("id", "not in", exact.ids)], operator, rest)


def _upper_code(vals: dict[str, Any]) -> dict[str, Any]:
    return {**vals, "code": vals["code"].upper()} if isinstance(vals.get("code"), str) else vals
