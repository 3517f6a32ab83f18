"""Domains: the prefix lists of a caller as a tree of conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, ClassVar, NoReturn

from fauxdoo.mockserver.orm.new_id import NewId
from fauxdoo.mockserver.orm.operators import INTERNAL, INVERSE, NEGATIVE, OPERATORS

__all__ = ["FALSE_DOMAIN", "TRUE_DOMAIN", "And", "Condition", "Constant", "Domain", "Group", "Not", "Or"]

_UNSETTLED = ("", 0)
_CONSTANTS = {1: (1, "=", 1), 0: (0, "=", 1)}


class Domain:
    """A condition on records; immutable, combined by `&`, `|`, `~`, and iterable as the list it stands for.

    `Domain("name", "=", "x")` makes one condition, `Domain([...])` reads a list in prefix notation, `Domain(True)`
    and `Domain(False)` are constants. Raises TypeError and ValueError with the texts of Odoo 19.
    """

    __slots__ = ()
    TRUE: ClassVar[Domain]
    FALSE: ClassVar[Domain]

    def __new__(cls, *arguments: Any) -> Domain:
        return _from_arguments(arguments, internal=False)

    @staticmethod
    def AND(domains: Iterable[Any]) -> Domain:
        """All of the domains."""
        return And.of(_as_domain(domain) for domain in domains)

    @staticmethod
    def OR(domains: Iterable[Any]) -> Domain:
        """Any of the domains."""
        return Or.of(_as_domain(domain) for domain in domains)

    @staticmethod
    def internal(domain: Any) -> Domain:
        """The domain of a search method or a rule, which may use `any!`."""
        return _from_arguments((domain,), internal=True)

    def conditions(self) -> Iterator[Condition]:
        """The leaves, without those inside `any`."""
        yield from ()

    def is_true(self) -> bool:
        """Whether the domain is known to match every record."""
        return self is TRUE_DOMAIN

    def is_false(self) -> bool:
        """Whether the domain is known to match nothing."""
        return self is FALSE_DOMAIN

    def __and__(self, other: Any) -> Domain:
        return And.of((self, _as_domain(other)))

    def __or__(self, other: Any) -> Domain:
        return Or.of((self, _as_domain(other)))

    def __invert__(self) -> Domain:
        return Not.of(self)

    def __iter__(self) -> Iterator[Any]:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Domain) and (self is other or list(self) == list(other))

    def __hash__(self) -> int:
        return hash(repr(self))

    def __repr__(self) -> str:
        return repr(list(self))


class Constant(Domain):
    """Every record, or none."""

    __slots__ = ("value",)
    value: bool

    @classmethod
    def of(cls, value: bool) -> Domain:
        """The one constant of this value."""
        return TRUE_DOMAIN if value else FALSE_DOMAIN

    def __invert__(self) -> Domain:
        return Constant.of(not self.value)

    def __iter__(self) -> Iterator[Any]:
        yield _CONSTANTS[self.value]


def _constant(value: bool) -> Constant:
    self = object.__new__(Constant)
    self.value = value
    return self


TRUE_DOMAIN: Domain = _constant(True)
FALSE_DOMAIN: Domain = _constant(False)
Domain.TRUE = TRUE_DOMAIN
Domain.FALSE = FALSE_DOMAIN


class Not(Domain):
    """What `child` does not match; made only where the operator has no inverse of its own."""

    __slots__ = ("child",)
    child: Domain

    @classmethod
    def of(cls, child: Domain) -> Domain:
        """The negation, taken as it is."""
        self = object.__new__(cls)
        self.child = child
        return self

    def conditions(self) -> Iterator[Condition]:
        return self.child.conditions()

    def __invert__(self) -> Domain:
        return self.child

    def __iter__(self) -> Iterator[Any]:
        yield "!"
        yield from self.child


class Group(Domain):
    """Two or more domains joined by the same operator, flat."""

    __slots__ = ("children",)
    children: tuple[Domain, ...]
    symbol: ClassVar[str]
    zero: ClassVar[Domain]
    """The constant that decides the whole group."""
    opposite: ClassVar[type[Group]]

    @classmethod
    def of(cls, domains: Iterable[Domain]) -> Domain:
        """The group of the domains, with constants folded away: `zero` hides all the others."""
        children: list[Domain] = []
        for domain in domains:
            if domain is cls.zero:
                return domain
            if type(domain) is cls:
                children.extend(domain.children)
            elif not isinstance(domain, Constant):
                children.append(domain)
        if len(children) < 2:
            return children[0] if children else ~cls.zero
        self = object.__new__(cls)
        self.children = tuple(children)
        return self

    def conditions(self) -> Iterator[Condition]:
        for child in self.children:
            yield from child.conditions()

    def __invert__(self) -> Domain:
        return self.opposite.of(~child for child in self.children)

    def __iter__(self) -> Iterator[Any]:
        yield from [self.symbol] * (len(self.children) - 1)
        for child in self.children:
            yield from child


class And(Group):
    """What all children match."""

    __slots__ = ()
    symbol = "&"
    zero = FALSE_DOMAIN


class Or(Group):
    """What some child matches."""

    __slots__ = ()
    symbol = "|"
    zero = TRUE_DOMAIN


And.opposite, Or.opposite = Or, And


class Condition(Domain):
    """A leaf: field (or path, or field with a part behind a dot), operator, value."""

    __slots__ = ("field_expr", "operator", "settled", "value")
    field_expr: str
    operator: str
    value: Any
    settled: tuple[str, int]
    """The model and the level for which `simplify` has nothing left to do."""

    @classmethod
    def of(cls, field_expr: str, operator: str, value: Any) -> Condition:
        """The condition, unchecked."""
        self = object.__new__(cls)
        self.field_expr, self.operator, self.value, self.settled = field_expr, operator, value, _UNSETTLED
        return self

    @classmethod
    def checked(cls, field_expr: Any, operator: Any, value: Any, *, internal: bool) -> Condition:
        """The condition of a caller. None as value is False; a record that is not saved is found by no condition."""
        self = cls.of(field_expr, operator, value)
        if not field_expr:
            self.refuse("Empty field name", TypeError)
        self.operator = operator.lower()
        if self.operator not in OPERATORS or (self.operator in INTERNAL and not internal):
            self.refuse("Invalid operator")
        if value is None:
            self.value = False
        elif isinstance(value, NewId):
            self.operator, self.value = ("not in" if self.operator in NEGATIVE else "in"), ()
        return self

    def field_in(self, model: Any) -> tuple[Any, str]:
        """The field of the model that the condition begins with, and what follows the first dot.

        Raises ValueError for a field that the model does not have.
        """
        name, _dot, rest = self.field_expr.partition(".")
        if not name:
            raise ValueError(f"Invalid field expression {name!r}")
        field = model._fields.get(name)
        if field is None:
            self.refuse(f"Invalid field {model._name}.{name}")
        return field, rest

    def refuse(self, message: str, error: type[Exception] = ValueError) -> NoReturn:
        """Raise `error` with the message and this condition, as Odoo words it."""
        raise error(f"{message} in condition ({self.field_expr!r}, {self.operator!r}, {self.value!r})")

    def conditions(self) -> Iterator[Condition]:
        yield self

    def __invert__(self) -> Domain:
        if "." not in self.field_expr and (operator := INVERSE.get(self.operator)):
            return Condition.of(self.field_expr, operator, self.value)
        return Not.of(self)

    def __iter__(self) -> Iterator[Any]:
        yield (self.field_expr, self.operator, self.value)


def _as_domain(domain: Any) -> Domain:
    return domain if isinstance(domain, Domain) else Domain(domain)


def _from_arguments(arguments: tuple[Any, ...], *, internal: bool) -> Domain:
    if len(arguments) == 1:
        return _from_argument(arguments[0], internal=internal)
    if len(arguments) == 3 and isinstance(arguments[0], str):
        return Condition.checked(*arguments, internal=internal)
    if arguments in _CONSTANTS.values():
        return Constant.of(bool(arguments[0]))
    raise TypeError(f"Domain() invalid arguments: {arguments!r}")


def _from_argument(argument: Any, *, internal: bool) -> Domain:
    if isinstance(argument, Domain):
        return argument
    if argument is True or argument is False:
        return Constant.of(argument)
    if not isinstance(argument, list | tuple):
        raise TypeError(f"Domain() invalid argument type for domain: {argument!r}")
    return _parse(argument, internal=internal)


def _parse(items: list[Any] | tuple[Any, ...], *, internal: bool) -> Domain:
    """Read prefix notation from its end, with a stack; what is left on the stack is joined by an implicit `&`."""
    stack: list[Domain] = []
    try:
        for joint, run in groupby(reversed(items), _joint):
            if joint is None:
                for item in run:
                    stack.append(~stack.pop() if item == "!" else _from_item(item, internal=internal))
            else:
                operands = 1 + sum(1 for _symbol in run)
                stack.append(joint.of([stack.pop() for _operand in range(operands)]))
    except IndexError:
        raise ValueError(f"Domain() malformed domain {items!r}") from None
    return And.of(reversed(stack))


def _joint(item: Any) -> type[Group] | None:
    return {"&": And, "|": Or}.get(item) if isinstance(item, str) else None


def _is_internal(operator: Any) -> bool:
    """Whether only code may use the operator: no item of a caller's (recording access/rule-through-relations)."""
    return operator in INTERNAL


def _from_item(item: Any, *, internal: bool) -> Domain:
    if isinstance(item, list | tuple) and len(item) == 3 and (internal or not _is_internal(item[1])):
        return _from_arguments(tuple(item), internal=internal)
    if isinstance(item, Domain):
        return item
    raise ValueError(f"Domain() invalid item in domain: {item!r}")
