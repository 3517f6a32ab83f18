"""Employees."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.errors import AccessError
from fauxdoo.mockserver.orm.environment import Environment


def test_an_employee_has_a_resource_and_a_version(database: Database) -> None:
    """Also for who is bound to rules; what is the version's is the employee's (access/field-groups-read)."""
    with database.transaction(2) as env:
        employee = env["hr.employee"].create([{"name": "Ann", "ssnid": "12"}])
    with database.transaction(2) as env:
        employee = env["hr.employee"].browse(employee.id)
        assert employee.resource_id.name == "Ann"
        assert employee.version_id == employee.version_ids == employee.current_version_id
        assert employee.version_id.ssnid == "12"
        assert env["hr.employee"].search([("ssnid", "=", "12")]) == employee


def test_changes_reach_the_parts(env: Environment) -> None:
    """The name is the resource's, the job title the version's."""
    employee = env["hr.employee"].create([{"name": "Ann"}])
    employee.write({"name": "Anna", "job_title": "Boss"})
    assert employee.resource_id.name == "Anna"
    assert employee.version_id.job_title == "Boss"


def test_a_later_version_holds_from_its_date(env: Environment) -> None:
    """One in the future does not hold yet."""
    employee = env["hr.employee"].create([{"name": "Ann", "date_version": "2020-01-01", "job_title": "Clerk"}])
    versions = env["hr.version"]
    versions.create([{"employee_id": employee.id, "date_version": "2999-01-01", "job_title": "Boss"}])
    assert employee.job_title == "Clerk"
    versions.create([{"employee_id": employee.id, "date_version": "2021-01-01", "job_title": "Chief"}])
    assert employee.job_title == "Chief"


def test_copies_and_deletions_take_the_parts_along(env: Environment) -> None:
    """No part is shared or left."""
    employee = env["hr.employee"].create([{"name": "Ann"}])
    copied = employee.copy()
    assert copied.resource_id != employee.resource_id
    assert copied.version_id != employee.version_id
    parts = employee.resource_id, employee.version_id
    employee.unlink()
    assert not any(part.exists() for part in parts)
    assert copied.exists().resource_id


def test_most_users_see_public_profiles(env: Environment) -> None:
    """Names and the like, nothing private (recorded in access/field-groups-read)."""
    employee = env["hr.employee"].create([{"name": "Ann", "job_title": "Boss"}])
    user = env["res.users"].create([{"name": "U", "login": "u"}])
    theirs = employee.with_user(user.id)
    assert theirs.read(["name"]) == [{"id": employee.id, "name": "Ann"}]
    assert theirs.search([("name", "=", "Ann")]) == theirs
    assert theirs.search_read([("name", "=", "Ann")], ["name"]) == [{"id": employee.id, "name": "Ann"}]
    with pytest.raises(AccessError, match="The fields “ssnid”, which you are trying to read"):
        theirs.read(["ssnid"])
    with pytest.raises(AccessError, match="You do not have access to this document"):
        theirs.search_count([("private_phone", "=", "1")])
    profiles = theirs.env["hr.employee.public"]
    assert profiles.search_read([("name", "=", "Ann")], ["employee_id"])[0]["employee_id"][0] == employee.id
