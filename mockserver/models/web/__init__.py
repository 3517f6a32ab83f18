"""What the web client asks of every model: grouped reads, records with their lines, onchange, panels."""

from fauxdoo.mockserver.models.web import groups, legacy_groups, onchange, reading, saving

__all__ = ["groups", "legacy_groups", "onchange", "reading", "saving"]
