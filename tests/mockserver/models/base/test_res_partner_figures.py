"""What contacts and users show of themselves."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.orm.environment import Environment


def test_labels_and_counts_of_a_contact(env: Environment) -> None:
    contact: Any = env["res.partner"].create({"name": "Contact", "tz": "Asia/Kolkata"})
    env["res.partner.bank"].create({"acc_number": "1", "partner_id": contact.id})
    assert (contact.vat_label, contact.tz_offset, contact.im_status) == ("Tax ID", "+0530", "im_partner")
    assert (contact.currency_id.name, contact.bank_account_count, contact.task_count) == ("USD", 1, 0)
    assert env.ref("base.partner_root").im_status == "bot"
    assert env.ref("base.user_admin").partner_id.im_status == "offline"


def test_who_a_user_is_to_the_apps(env: Environment) -> None:
    admin = env.ref("base.user_admin")
    assert (admin.tz_offset, admin.im_status) == ("+0000", "offline")
    assert admin.employee_id == env["hr.employee"].search([("user_id", "=", admin.id)])
    assert admin in env["res.users"].search([("employee_id", "=", admin.employee_id.id)])


def test_a_company_is_made_of_its_name(env: Environment) -> None:
    """With the address of the contact, who then belongs to it."""
    contact = env["res.partner"].create({"name": "Ann", "company_name": "Spokes", "city": "Graz"})
    assert contact.create_company()
    company = contact.parent_id
    assert (company.name, company.is_company, company.city, contact.company_name) == ("Spokes", True, "Graz", False)
    assert contact.open_commercial_entity()["res_id"] == company.id
