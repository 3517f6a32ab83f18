"""What is true of an Odoo, as data, and its loader; imports nothing of ours."""

from fauxdoo.contracts.loader import Catalogue, capacities, recordings, schemas
from fauxdoo.contracts.overlay import Overlay, UnreadableCatalogue, catalogue_for, read_overlay
from fauxdoo.contracts.selection import UnknownModule, selected
from fauxdoo.contracts.xmlids import Xmlids

__all__ = [
    "Catalogue",
    "Overlay",
    "UnknownModule",
    "UnreadableCatalogue",
    "Xmlids",
    "capacities",
    "catalogue_for",
    "read_overlay",
    "recordings",
    "schemas",
    "selected",
]
