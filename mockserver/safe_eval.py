"""Evaluation of Python that came as data: rule domains, code of server actions and crons."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Mapping
from string import Formatter
from types import CodeType
from typing import Any

from fauxdoo.mockserver.errors import DatabaseError, RedirectWarning, UserError

__all__ = ["STEPS", "SafeCode", "complaint", "evaluate", "execute"]

STEPS = 1_000_000
"""Loop turns and function calls that one run may take."""

_EXPRESSIONS: tuple[type[ast.AST], ...] = (
    *(ast.Expression, ast.Expr, ast.Constant, ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Starred),
    *(ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
    *(ast.comprehension, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Call, ast.keyword),
    *(ast.Lambda, ast.arguments, ast.arg, ast.JoinedStr, ast.FormattedValue, ast.NamedExpr),
    *(ast.operator, ast.boolop, ast.unaryop, ast.cmpop, ast.expr_context),
)
_STATEMENTS: tuple[type[ast.AST], ...] = (
    *(ast.Module, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete, ast.Pass, ast.Break, ast.Continue),
    *(ast.If, ast.For, ast.While, ast.Try, ast.ExceptHandler, ast.Raise, ast.Assert, ast.Return, ast.FunctionDef),
)
_OPCODES: dict[type[ast.AST], str] = {
    ast.Import: "IMPORT_NAME",
    ast.ImportFrom: "IMPORT_NAME, IMPORT_FROM",
    ast.ClassDef: "LOAD_BUILD_CLASS",
    ast.Global: "STORE_GLOBAL",
    ast.Nonlocal: "STORE_DEREF",
    ast.Yield: "YIELD_VALUE",
    ast.YieldFrom: "GET_YIELD_FROM_ITER",
    ast.Await: "GET_AWAITABLE",
    ast.AsyncFunctionDef: "GET_AWAITABLE",
    ast.With: "BEFORE_WITH",
}
"""What Odoo, which looks at byte code, names for a statement it refuses."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNSAFE_ATTRIBUTES = _words(
    "f_builtins f_code f_globals f_locals f_back func_code func_globals co_code co_consts gi_code gi_frame "
    "gi_yieldfrom cr_await cr_code cr_frame ag_code ag_frame tb_frame tb_next mro format_map"
)
_BUILTIN_NAMES = _words(
    "abs all any bool bytes chr dict divmod enumerate filter float hasattr int isinstance len list map max min ord "
    "range repr reversed round set sorted str sum tuple zip Exception AssertionError AttributeError IndexError "
    "KeyError NameError RuntimeError TypeError ValueError ZeroDivisionError"
)
_BUILTINS = {name: getattr(builtins, name) for name in _BUILTIN_NAMES} | {"unicode": str}
_PASSED_ON = (UserError, RedirectWarning, DatabaseError, ZeroDivisionError)
_TICK, _FORMAT = "__tick__", "__format__"


class SafeCode:
    """Compiled source: an expression, or with `script` a series of statements.

    Raises SyntaxError as Python does, ValueError "forbidden opcode(s) in …" for what such code may not do, NameError
    for names with two underscores.
    """

    def __init__(self, text: str, *, script: bool = False) -> None:
        self.text = text.strip()
        self.script = script
        mode = "exec" if script else "eval"
        tree = ast.parse(self.text, "", mode)
        _check(tree, self.text, script)
        compiled = ast.fix_missing_locations(_Guard().visit(tree))
        self._code: CodeType = compile(compiled, "", mode)

    def run(self, names: Mapping[str, Any], *, steps: int = STEPS) -> Any:
        """The value of the expression, or the names a script has bound.

        Errors of Odoo's tree and division by zero come through, others as ValueError "… while evaluating …".
        """
        scope = {**names, "__builtins__": _BUILTINS, _TICK: _counter(steps), _FORMAT: _format}
        try:
            value = eval(self._code, scope)
        except _PASSED_ON:
            raise
        except Exception as error:
            raise ValueError(f"{error!r} while evaluating\n{self.text!r}") from error
        if not self.script:
            return value
        return {name: bound for name, bound in scope.items() if not name.startswith("__")}


def evaluate(text: str, names: Mapping[str, Any] | None = None) -> Any:
    """The value of an expression in which only `names` and harmless builtins are known."""
    return SafeCode(text).run(names or {})


def execute(text: str, names: Mapping[str, Any] | None = None, *, steps: int = STEPS) -> dict[str, Any]:
    """Run statements and answer the names they have bound."""
    bound: dict[str, Any] = SafeCode(text, script=True).run(names or {}, steps=steps)
    return bound


def complaint(text: str) -> str | None:
    """Why a script would be refused, in the words of Odoo's check of server actions; None where it is fine."""
    try:
        SafeCode(text, script=True)
    except SyntaxError as error:
        line = (error.text or "").rstrip("\n")
        return f"{type(error).__name__} : {error.msg} at line {error.lineno}\n{line}\n"
    except (ValueError, NameError) as error:
        return str(error)
    return None


def _check(tree: ast.AST, text: str, script: bool) -> None:
    allowed = _EXPRESSIONS + _STATEMENTS if script else _EXPRESSIONS
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if not isinstance(node, allowed):
            raise _forbidden(_OPCODES.get(type(node), type(node).__name__.upper()), text)
        if isinstance(node, ast.Attribute):
            if not isinstance(node.ctx, ast.Load):
                raise _forbidden("STORE_ATTR" if isinstance(node.ctx, ast.Store) else "DELETE_ATTR", text)
            if node.attr == "format" and id(node) not in called:
                raise NameError(f"Access to forbidden name 'format' ({text!r})")
        name = _name(node)
        if name is not None and ("__" in name or name in _UNSAFE_ATTRIBUTES):
            raise NameError(f"Access to forbidden name {name!r} ({text!r})")


def _forbidden(opcodes: str, text: str) -> ValueError:
    return ValueError(f"forbidden opcode(s) in {text!r}: {opcodes}")


def _name(node: ast.AST) -> str | None:
    for attribute in ("attr", "id", "arg", "name"):
        value = getattr(node, attribute, None)
        if isinstance(value, str):
            return value
    return None


class _Guard(ast.NodeTransformer):
    """Counts turns of loops and calls of functions, and takes `str.format` away from attributes of objects."""

    def visit_For(self, node: ast.For) -> ast.AST:
        return self._counted(node)

    def visit_While(self, node: ast.While) -> ast.AST:
        return self._counted(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._counted(node)

    def _counted(self, node: Any) -> ast.AST:
        self.generic_visit(node)
        node.body.insert(0, ast.Expr(_call(_TICK)))
        return node  # type: ignore[no-any-return]

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self.generic_visit(node)
        node.body = ast.BoolOp(ast.And(), [_call(_TICK), node.body])
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        node.ifs.insert(0, _call(_TICK))
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            return _call(_FORMAT, [node.func.value, *node.args], node.keywords)
        return node


def _call(name: str, arguments: list[ast.expr] | None = None, keywords: list[ast.keyword] | None = None) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), arguments or [], keywords or [])


def _counter(steps: int) -> Callable[[], bool]:
    left = steps

    def tick() -> bool:
        nonlocal left
        left -= 1
        if left < 0:
            raise RuntimeError(f"the code took more than {steps} steps")
        return True

    return tick


class _Formatter(Formatter):
    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        if "_" in field_name.partition(".")[2]:
            raise NameError(f"Access to forbidden name {field_name!r}")
        return super().get_field(field_name, args, kwargs)


def _format(text: Any, /, *args: Any, **kwargs: Any) -> Any:
    return _Formatter().format(text, *args, **kwargs) if isinstance(text, str) else text.format(*args, **kwargs)
