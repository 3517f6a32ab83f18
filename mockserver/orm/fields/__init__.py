"""The field types, by Odoo's names."""

from fauxdoo.mockserver.orm.commands import Command
from fauxdoo.mockserver.orm.fields.base import MAGIC, Field
from fauxdoo.mockserver.orm.fields.binary import Binary
from fauxdoo.mockserver.orm.fields.many2many import Many2many
from fauxdoo.mockserver.orm.fields.one2many import One2many
from fauxdoo.mockserver.orm.fields.other import Json, Many2oneReference, Reference
from fauxdoo.mockserver.orm.fields.properties import Properties, PropertiesDefinition
from fauxdoo.mockserver.orm.fields.relational import Many2one
from fauxdoo.mockserver.orm.fields.scalar import Boolean, Float, Integer, Monetary, Selection
from fauxdoo.mockserver.orm.fields.temporal import Date, Datetime
from fauxdoo.mockserver.orm.fields.text import Char, Html, Text

__all__ = [
    "MAGIC",
    "Binary",
    "Boolean",
    "Char",
    "Command",
    "Date",
    "Datetime",
    "Field",
    "Float",
    "Html",
    "Integer",
    "Json",
    "Many2many",
    "Many2one",
    "Many2oneReference",
    "Monetary",
    "One2many",
    "Properties",
    "PropertiesDefinition",
    "Reference",
    "Selection",
    "Text",
]
