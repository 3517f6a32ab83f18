"""Tags of leads and orders."""

from __future__ import annotations

from fauxdoo.mockserver import models

__all__ = ["CrmTag"]


class CrmTag(models.Model):
    """A name that exists once."""

    _inherit = "crm.tag"
    _sql_messages = {"crm_tag_name_uniq": "Tag name already exists!"}
