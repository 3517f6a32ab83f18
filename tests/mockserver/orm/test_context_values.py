"""Values that depend on who looks: texts per language, properties per company."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError


@pytest.fixture
def french(env: Any) -> Any:
    """The environment in French, which is active."""
    env["res.lang"].with_context(active_test=False).search([("code", "=", "fr_FR")]).write({"active": True})
    env.transaction.invalidate()
    return env(context={"lang": "fr_FR"})


@pytest.fixture
def product(env: Any) -> Any:
    """A product with a name in the source language."""
    return env["product.template"].create({"name": "Chair"})


class TestTexts:
    """A translated field has a text per language."""

    def test_an_unknown_language_is_refused(self, env: Any, product: Any) -> None:
        """Reading in a language that is not active raises."""
        with pytest.raises(UserError, match="Invalid language code: fr_FR"):
            product.with_context(lang="fr_FR").read(["name"])

    def test_a_text_not_translated_shows_the_source(self, french: Any, product: Any) -> None:
        """Without a translation the source text is shown."""
        assert product.with_env(french).name == "Chair"

    def test_a_translation_is_seen_in_its_language_only(self, french: Any, product: Any) -> None:
        """Writing in a language changes that language's text."""
        product.with_env(french).name = "Chaise"
        assert product.with_env(french).read(["name"])[0]["name"] == "Chaise"
        assert product.read(["name"])[0]["name"] == "Chair"

    def test_a_search_looks_at_the_language_of_the_context(self, env: Any, french: Any, product: Any) -> None:
        """Domains compare the text of the language."""
        product.with_env(french).name = "Chaise"
        assert french["product.template"].search([("name", "=", "Chaise")]) == product
        assert not env["product.template"].search([("name", "=", "Chaise")])

    def test_a_record_made_in_a_language_has_a_source_text(self, french: Any, env: Any) -> None:
        """The text of a new record stands for the source too."""
        made = french["product.template"].create({"name": "Lampe"})
        assert env["product.template"].browse(made.id).name == "Lampe"


class TestProperties:
    """A company-dependent field has a value per company."""

    def test_each_company_has_its_value(self, env: Any) -> None:
        """What is written in one company is not seen in another."""
        other = env["res.company"].create({"name": "Branch"})
        partner = env["res.partner"].create({"name": "P", "barcode": "1"})
        there = partner.with_company(other)
        assert not there.barcode
        there.barcode = "2"
        assert (partner.barcode, there.barcode) == ("1", "2")
        assert env["res.partner"].with_company(other).search([("barcode", "=", "2")]) == partner
        assert not env["res.partner"].search([("barcode", "=", "2")])

    def test_a_default_stands_in_for_a_value(self, env: Any) -> None:
        """Without a value of its own a record shows the company's default."""
        partner = env["res.partner"].create({"name": "P"})
        assert partner.property_account_receivable_id == env["account.account"].search([("code", "=", "121000")])
