"""What every model answers."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.environment import Environment


def test_translations_of_a_text(env: Environment) -> None:
    """One entry per active language (recorded in meta/field-translations)."""
    tag = env["res.partner.category"].create([{"name": "Tag"}])
    kind = {"translation_type": "char", "translation_show_source": False}
    assert tag.get_field_translations("name") == ([{"lang": "en_US", "source": "Tag", "value": "Tag"}], kind)
    assert tag.get_field_translations("parent_path") == ([], kind)
    assert tag.update_field_translations("name", {"en_US": "New"}) is True
    assert tag.name == "New"
    with pytest.raises(UserError, match="The following languages are not activated: fr_FR"):
        tag.update_field_translations("name", {"fr_FR": "Neuf"})
    with pytest.raises(KeyError, match="no_such"):
        tag.get_field_translations("no_such")


def test_where_the_server_and_a_form_are(env: Environment) -> None:
    """As the parameter says; a form without a view of its own."""
    partner = env["res.partner"].browse(1)
    assert partner.get_base_url() == env["ir.config_parameter"].get_param("web.base.url")
    assert partner.get_formview_id() is False
    assert partner.get_formview_action()["res_id"] == 1
