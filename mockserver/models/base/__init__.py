"""Users, partners, companies, and the models the framework itself lives in."""

from fauxdoo.mockserver.models.base import (
    ir_default,
    res_groups,
    res_partner,
    res_partner_address,
    res_partner_category,
    res_users,
)

__all__ = ["ir_default", "res_groups", "res_partner", "res_partner_address", "res_partner_category", "res_users"]
