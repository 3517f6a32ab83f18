"""Units of measure."""

from fauxdoo.mockserver.models.uom import uom_uom

__all__ = ["uom_uom"]
