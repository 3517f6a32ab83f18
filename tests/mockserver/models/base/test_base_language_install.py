"""base.language.install."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError


def test_a_language_can_be_used_once_it_is_installed(env: Any) -> None:
    """The wizard activates the language; from then on texts are kept per language."""
    product = env["product.template"].create({"name": "Chair"})
    with pytest.raises(UserError, match="Invalid language code: fr_FR"):
        product.with_context(lang="fr_FR").read(["name"])
    french = env["res.lang"].with_context(active_test=False).search([("code", "=", "fr_FR")])
    wizard = env["base.language.install"].create({"lang_ids": [(6, 0, french.ids)]})
    action = wizard.lang_install()
    assert (action["res_model"], action["res_id"], action["target"]) == ("base.language.install", wizard.id, "new")
    product.with_context(lang="fr_FR").write({"name": "Chaise"})
    assert product.with_context(lang="fr_FR").name == "Chaise"
    assert product.name == "Chair"


def test_several_languages_are_told_of(env: Any) -> None:
    """For a single one the wizard offers to switch to it."""
    codes = ["fr_FR", "de_DE"]
    languages = env["res.lang"].with_context(active_test=False).search([("code", "in", codes)])
    action = env["base.language.install"].create({"lang_ids": [(6, 0, languages.ids)]}).lang_install()
    assert (action["tag"], action["params"]["type"]) == ("display_notification", "success")
