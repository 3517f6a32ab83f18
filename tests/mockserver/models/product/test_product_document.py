"""Documents of products, and units that stay as they are."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.environment import Environment


def test_what_is_attached_to_a_product_is_its_document(env: Environment) -> None:
    product = env["product.product"].create({"name": "Desk"})
    template = product.product_tmpl_id
    file = {"name": "a.txt", "datas": "aGVsbG8="}
    document = env["product.document"].create({**file, "res_model": template._name, "res_id": template.id})
    env["ir.attachment"].create({**file, "res_model": product._name, "res_id": product.id})
    assert (template.product_document_count, product.product_document_count) == (1, 1)
    attachment = document.ir_attachment_id
    document.unlink()
    assert not attachment.exists()


def test_units_of_the_app_stay(env: Environment) -> None:
    with pytest.raises(UserError, match="used by the system and cannot be deleted: Units\nYou can archive"):
        env.ref("uom.product_uom_unit").unlink()
    assert env.ref("uom.product_uom_pack_6").unlink() is True


def test_a_unit_in_use_keeps_its_ratio(env: Environment) -> None:
    dozen = env.ref("uom.product_uom_dozen")
    product = env["product.product"].create({"name": "Egg", "is_storable": True, "uom_id": dozen.id})
    dozen.relative_factor = 13
    product.qty_available = 2
    with pytest.raises(UserError, match="You cannot change the ratio of this unit"):
        dozen.relative_factor = 12


def test_a_product_stays_with_the_company_that_has_it(env: Environment) -> None:
    product = env["product.product"].create({"name": "Egg", "is_storable": True})
    product.qty_available = 2
    with pytest.raises(UserError, match="as long as there are stock moves of it belonging to another company"):
        product.write({"company_id": env["res.company"].create({"name": "Other"}).id})
