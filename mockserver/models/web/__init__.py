"""What the web client asks of every model: grouped reads, records with their lines, onchange, panels."""

from fauxdoo.mockserver.models.web import (
    groups,
    hierarchy,
    legacy_groups,
    onchange,
    panels,
    reading,
    saving,
    unfolding,
)

__all__ = ["groups", "hierarchy", "legacy_groups", "onchange", "panels", "reading", "saving", "unfolding"]
