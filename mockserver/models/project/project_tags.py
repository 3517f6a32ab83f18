"""Tags of projects and tasks."""

from __future__ import annotations

from fauxdoo.mockserver import api, models

__all__ = ["ProjectTags"]


class ProjectTags(models.Model):
    """A name that exists once; making it again by name finds it, whatever its case."""

    _inherit = "project.tags"
    _sql_messages = {"project_tags_name_uniq": "A tag with the same name already exists."}

    @api.model
    def name_create(self, name: str) -> tuple[int, str] | bool:
        """(id, name) of the tag, made if there is none (recorded in crud/name-create-others)."""
        known = self.search([("name", "=ilike", name.strip())], limit=1)
        if known:
            return known.id, known.display_name
        return super().name_create(name)
