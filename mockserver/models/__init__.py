"""What Odoo computes and does, a package per app, a file per model; and the classes to derive own models from."""

from fauxdoo.mockserver.orm.model import AbstractModel, BaseModel, Model, TransientModel  # isort: skip
from fauxdoo.mockserver.models import base  # isort: skip  (what later packages extend comes first)
from fauxdoo.mockserver.models import (
    account,
    automation,
    calendar,
    crm,
    guide,
    hr,
    mail,
    portal,
    product,
    project,
    purchase,
    sale,
    stock,
    uom,
    web,
    webhook,
)

__all__ = [
    "AbstractModel",
    "BaseModel",
    "Model",
    "TransientModel",
    "account",
    "automation",
    "base",
    "calendar",
    "crm",
    "guide",
    "hr",
    "mail",
    "portal",
    "product",
    "project",
    "purchase",
    "sale",
    "stock",
    "uom",
    "web",
    "webhook",
]
