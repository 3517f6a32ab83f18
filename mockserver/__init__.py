"""A fake Odoo that an integration cannot tell from the real one."""

from fauxdoo.mockserver.orm import api, fields  # isort: skip  (behaviour classes import these names from here)
from fauxdoo.mockserver import models
from fauxdoo.mockserver.fake import FakeOdoo
from fauxdoo.mockserver.settings import Settings
from fauxdoo.mockserver.users import User

__all__ = ["FakeOdoo", "Settings", "User", "api", "fields", "models"]
