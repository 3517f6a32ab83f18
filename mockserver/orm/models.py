"""The classes to derive from, by Odoo's name for the module."""

from fauxdoo.mockserver.orm.model import AbstractModel, BaseModel, Model, TransientModel

__all__ = ["AbstractModel", "BaseModel", "Model", "TransientModel"]
