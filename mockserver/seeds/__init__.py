"""Seeds: the records a test starts with, from files with xmlids or from functions."""

from __future__ import annotations

from fauxdoo.mockserver.seeds.files import Seed, SeedError, read_seeds, seeds_of
from fauxdoo.mockserver.seeds.languages import activate_language
from fauxdoo.mockserver.seeds.planting import QUIET, plant

__all__ = ["QUIET", "Seed", "SeedError", "activate_language", "plant", "read_seeds", "seeds_of"]
