"""SQL constraints of the catalogue, in every store."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import ValidationError


def test_conditions_on_booleans(env: Any) -> None:
    """A CHECK of the catalogue that looks at a boolean column holds in every store."""
    group = env.ref("base.group_portal").id
    vals = {"name": "Una", "login": "una", "group_ids": [(6, 0, [group])]}
    user = env["res.users"].create(vals)
    with pytest.raises(ValidationError, match="Only internal user"), env.cr.savepoint():
        user.write({"notification_type": "inbox"})
        env.flush()
