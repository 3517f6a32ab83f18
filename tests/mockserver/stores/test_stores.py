"""Every store keeps the same promises: one suite, run over each member."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.stores import FileStore, MemoryStore, Store, Template, open_store
from fauxdoo.mockserver.stores.base import FIRST_ID, Column, Index, SerializationFailure, Table, UniqueViolation

TAG = Table(
    "crm_tag",
    (Column("id", "integer"), Column("name", "text"), Column("color", "integer")),
    (Index("crm_tag_name_uniq", ("name",), unique=True),),
)
LINK = Table("lead_tag", (Column("lead_id", "integer"), Column("tag_id", "integer")), key=("lead_id", "tag_id"))
ROWS = {"crm_tag": [(1, "Product", 3), (2, "Service", None)]}
NAMES = SQL("SELECT name FROM crm_tag ORDER BY id")


@pytest.fixture(params=["memory", "file", "postgresql"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Store]:
    """Opens the same database again for a file or PostgreSQL, another one in memory."""
    if request.param == "memory":
        return MemoryStore
    if request.param == "postgresql":
        url = f"{request.getfixturevalue('postgresql')}?schema={tmp_path.name}"
        return lambda template=None: open_store(url, template)
    return lambda template=None: FileStore(tmp_path / "odoo.db", template)


@pytest.fixture
def store(make: Callable[..., Store]) -> Iterator[Store]:
    """A store with a table of two tags."""
    store = make()
    store.ensure_tables([TAG], ROWS)
    yield store
    store.close()


def names(store: Store) -> list[str]:
    """The names of all tags."""
    with store.transaction(readonly=True) as cursor:
        return [row[0] for row in cursor.execute(NAMES)]


def insert(store: Store, number: int, name: str) -> None:
    """Add a tag in a transaction."""
    with store.transaction() as cursor:
        cursor.execute(SQL("INSERT INTO crm_tag (id, name) VALUES (%s, %s)", number, name))


class Undo(Exception):
    """Raised to leave a transaction."""


def test_tables_have_their_first_rows(store: Store) -> None:
    """A table that is ensured holds its rows, once."""
    store.ensure_tables([TAG], ROWS)
    assert names(store) == ["Product", "Service"]
    assert store.tables == {"crm_tag"}


def test_commit_and_rollback(store: Store) -> None:
    """What a transaction wrote stays at its end, and goes when it raises."""
    insert(store, 3, "Kept")
    with suppress(Undo), store.transaction() as cursor:
        cursor.execute(SQL("DELETE FROM crm_tag"))
        raise Undo
    assert names(store) == ["Product", "Service", "Kept"]


def test_savepoint(store: Store) -> None:
    """A savepoint that raises undoes only its own part, tables it made excepted."""
    with store.transaction() as cursor:
        cursor.execute(SQL("UPDATE crm_tag SET name = 'One' WHERE id = 1"))
        with suppress(Undo), cursor.savepoint():
            cursor.execute(SQL("UPDATE crm_tag SET name = 'Two' WHERE id = 2"))
            store.ensure_tables([LINK], {"lead_tag": [(7, 1)]})
            raise Undo
        assert cursor.execute(SQL("SELECT * FROM lead_tag")) == [(7, 1)]
    assert names(store) == ["One", "Service"]


def test_tables_made_inside_survive_a_rollback(store: Store) -> None:
    """A table first touched in a transaction that fails is there afterwards, with its rows."""
    with suppress(Undo), store.transaction() as cursor:
        store.ensure_tables([LINK], {"lead_tag": [(7, 1)]})
        assert "lead_tag" in store.tables
        cursor.execute(SQL("DELETE FROM lead_tag"))
        raise Undo
    with store.transaction() as cursor:
        assert cursor.execute(SQL("SELECT * FROM lead_tag")) == [(7, 1)]
    assert "lead_tag" in store.tables


def test_statements_are_traced(store: Store) -> None:
    """The cursor's trace has their texts, those that fail and those run for many rows among them."""
    with store.transaction() as cursor:
        cursor.execute(NAMES)
        cursor.executemany("UPDATE crm_tag SET color = ? WHERE id = ?", [(1, 1), (2, 2)])
        with suppress(Exception), cursor.savepoint():
            cursor.execute(SQL("SELECT nope FROM crm_tag"))
        assert cursor.trace.statement_count == 3
        assert [text[:6] for text in cursor.trace.statements] == ["SELECT", "UPDATE", "SELECT"]


def test_reset(store: Store) -> None:
    """A reset brings back the first rows of every table, also of those made later, and the first id."""
    insert(store, 3, "New")
    with store.transaction():
        store.ensure_tables([LINK], {"lead_tag": [(7, 1)]})
    store.reserve_ids(5)
    store.reset()
    assert names(store) == ["Product", "Service"]
    assert store.reserve_ids(1)[0] == FIRST_ID
    with store.transaction() as cursor:
        assert cursor.execute(SQL("SELECT * FROM lead_tag")) == [(7, 1)]


def test_keep(store: Store) -> None:
    """A reset goes back to what was kept, with its next id; tables made later are there too."""
    assert not store.is_new
    insert(store, store.reserve_ids(1)[0], "Seeded")
    store.keep()
    for _ in range(2):
        insert(store, store.reserve_ids(1)[0], "New")
        store.ensure_tables([LINK], {"lead_tag": [(7, 1)]})
        store.reset()
        assert names(store) == ["Product", "Service", "Seeded"]
        assert list(store.reserve_ids(1)) == [20001]
        with store.transaction() as cursor:
            assert cursor.execute(SQL("SELECT * FROM lead_tag")) == [(7, 1)]
        store.reset()


def test_a_new_store(make: Callable[..., Store]) -> None:
    """A database without any table is new."""
    assert make().is_new


def test_fresh_state_outlives_the_process(tmp_path: Path) -> None:
    """A file opened later goes back to what the process that made it kept."""
    for _ in range(2):
        store = open_store(str(tmp_path / "odoo.db"))
        new = store.is_new
        store.ensure_tables([TAG], ROWS)
        if new:
            insert(store, 3, "Seeded")
            store.keep()
        insert(store, 4, "New")
        store.reset()
        assert names(store) == ["Product", "Service", "Seeded"]
        store.close()


def test_snapshot(store: Store) -> None:
    """A snapshot can be gone back to more than once; tables made since stay."""
    insert(store, 3, "Before")
    name = store.snapshot()
    for number in (4, 5):
        insert(store, number, "After")
        store.ensure_tables([LINK], {"lead_tag": [(7, 1)]})
        store.restore(name)
        assert names(store) == ["Product", "Service", "Before"]
        with store.transaction() as cursor:
            assert cursor.execute(SQL("SELECT * FROM lead_tag")) == [(7, 1)]


def test_unknown_snapshot(store: Store) -> None:
    """A snapshot that was never made is a KeyError."""
    with pytest.raises(KeyError):
        store.restore("snapshot-9")


def test_ids_never_repeat(store: Store) -> None:
    """Ids are reserved outside the transaction: a rollback gives none back."""
    with suppress(Undo), store.transaction():
        assert list(store.reserve_ids(3)) == [20000, 20001, 20002]
        raise Undo
    assert list(store.reserve_ids(2)) == [20003, 20004]


def test_unique_violation(store: Store) -> None:
    """A unique index refuses a second row, with PostgreSQL's class name."""
    with pytest.raises(UniqueViolation) as caught:
        insert(store, 3, "Product")
    assert caught.value.name == "psycopg2.errors.UniqueViolation"
    assert caught.value.index in ("crm_tag.name", "crm_tag_name_uniq")


def test_one_transaction_per_thread(store: Store) -> None:
    """A second transaction inside the first would wait for itself, so it is refused."""
    with store.transaction(), pytest.raises(RuntimeError, match="open transaction"), store.transaction():
        pass


def test_statements_after_a_copy(store: Store) -> None:
    """A statement prepared before a reset reads the right table although others came in another order."""
    other = Table("other", (Column("id", "integer"), Column("name", "text")))
    name = store.snapshot()
    store.ensure_tables([other, LINK], {"other": [(1, "x")]})
    store.restore(name)
    store.ensure_tables([LINK], {})
    for _ in range(3):
        with store.transaction() as cursor:
            assert cursor.execute(SQL("SELECT name FROM other")) == [("x",)]
            assert cursor.execute(SQL("SELECT * FROM lead_tag")) == []
            cursor.execute(SQL("INSERT INTO lead_tag VALUES (1, 2)"))
        store.reset()


def test_stores_of_one_template(make: Callable[..., Store]) -> None:
    """Stores may share a template: what one adds the other gets too."""
    template = Template()
    first, second = make(template), make(template)
    first.ensure_tables([TAG], ROWS)
    assert names(first) == names(second) == ["Product", "Service"]


def test_file_keeps_records_and_ids(tmp_path: Path) -> None:
    """A file opened again has its records, and its sequence goes on."""
    for expected in (["Product", "Service"], ["Product", "Service", "20000"]):
        store = open_store(str(tmp_path / "odoo.db"))
        store.ensure_tables([TAG], ROWS)
        assert names(store) == expected
        number = store.reserve_ids(1)[0]
        insert(store, number, str(number))
        store.close()


def test_file_is_shared(tmp_path: Path) -> None:
    """Two stores on one file, as two processes have them, see each other's work and survive each other's reset."""
    first, second = FileStore(tmp_path / "odoo.db"), FileStore(tmp_path / "odoo.db")
    first.ensure_tables([TAG], ROWS)
    second.ensure_tables([TAG], ROWS)
    insert(first, 3, "New")
    assert names(second) == ["Product", "Service", "New"]
    second.ensure_tables([LINK], {"lead_tag": [(7, 1)]})
    first.reset()
    assert names(second) == ["Product", "Service"]
    with second.transaction() as cursor:
        assert cursor.execute(SQL("SELECT * FROM lead_tag")) == [(7, 1)]


def test_columns_are_added_to_a_file(tmp_path: Path) -> None:
    """A file made with fewer fields gets the columns it lacks."""
    wide = Table("crm_tag", (*TAG.columns, Column("note", "text")))
    for table in (TAG, wide):
        store = open_store(str(tmp_path / "odoo.db"))
        store.ensure_tables([table], {})
    with store.transaction() as cursor:
        assert cursor.execute(SQL("SELECT note FROM crm_tag")) == []


def test_threads_share_a_store(store: Store) -> None:
    """Threads that write at the same time take turns, and no id is given twice."""

    def work(name: str) -> None:
        for _ in range(20):
            number = store.reserve_ids(1)[0]
            insert(store, number, f"{name}{number}")
            names(store)

    threads = [Thread(target=work, args=(name,)) for name in "ABCD"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(store)) == 2 + 80


def test_a_reader_that_comes_to_write_too_late(tmp_path: Path) -> None:
    """Who reads without the lock sees what was there at its beginning, and has to begin anew to write."""
    reader, writer = FileStore(tmp_path / "odoo.db"), FileStore(tmp_path / "odoo.db")
    reader.ensure_tables([TAG], ROWS)
    writer.ensure_tables([TAG], ROWS)
    with suppress(SerializationFailure), reader.transaction(readonly=True) as cursor:
        assert len(cursor.execute(NAMES)) == 2
        insert(writer, 3, "New")
        writer.ensure_tables([LINK], {})
        assert len(cursor.execute(NAMES)) == 2
        assert "lead_tag" not in reader.tables
        with pytest.raises(SerializationFailure):
            reader.ensure_tables([LINK], {})
        raise SerializationFailure
    assert names(reader) == ["Product", "Service", "New"]
    reader.ensure_tables([LINK], {})
    assert "lead_tag" in reader.tables


@pytest.mark.parametrize("late", ["execute", "executemany", "savepoint"])
def test_a_reading_transaction_that_comes_to_write(store: Store, late: str) -> None:
    """What it writes after all is undone when it raises, whichever way it writes."""
    statement = "INSERT INTO crm_tag (id, name) VALUES (9, 'Late')"
    with suppress(Undo), store.transaction(readonly=True) as cursor:
        assert cursor.execute(NAMES)
        if late == "executemany":
            cursor.executemany("INSERT INTO crm_tag (id, name) VALUES (?, ?)", [(9, "Late")])
        elif late == "savepoint":
            with cursor.savepoint():
                cursor.execute(SQL(statement))
        else:
            cursor.execute(SQL(statement))
        assert ("Late",) in cursor.execute(NAMES)
        raise Undo
    assert names(store) == ["Product", "Service"]


def test_a_reading_transaction_that_wrote_is_kept(store: Store) -> None:
    """Without an error what it wrote stays."""
    with store.transaction(readonly=True) as cursor:
        cursor.execute(SQL("INSERT INTO crm_tag (id, name) VALUES (9, 'Late')"))
    assert "Late" in names(store)


def test_shared_values(make: Callable[..., Store]) -> None:
    """Values beside the data are seen at once, and neither a rollback nor a reset takes them."""
    store = make()
    with suppress(Undo), store.transaction():
        store.shared["session 1"] = b"\x00one"
        store.shared["session 1"] = b"\x00two"
        store.shared["session 2"] = b""
        raise Undo
    store.reset()
    other = store if store.is_alone else make()
    assert dict(other.shared) == {"session 1": b"\x00two", "session 2": b""}
    del other.shared["session 2"]
    assert "session 2" not in store.shared
    assert len(store.shared) == 1


def test_versions_in_memory() -> None:
    """The version stays while nobody writes, and is another after a write, a reset and a restore."""
    store = MemoryStore()
    store.ensure_tables([TAG], ROWS)
    seen = [store.version()]
    for change in (
        lambda: insert(store, 3, "New"),
        store.reset,
        lambda: insert(store, 3, "New"),
        lambda: store.restore(store.snapshot()),
        lambda: store.load(store.dump()),
    ):
        change()
        names(store)
        assert store.version() == store.version()
        assert store.version() not in seen
        seen.append(store.version())
    with suppress(Undo), store.transaction() as cursor:
        cursor.execute(SQL("DELETE FROM crm_tag"))
        raise Undo
    assert store.version() not in seen


def test_versions_nobody_can_tell(tmp_path: Path) -> None:
    """What others may write to has none."""
    store = FileStore(tmp_path / "odoo.db")
    assert store.version() is None
    store.close()


def test_generations(make: Callable[..., Store]) -> None:
    """Every transaction that begins later knows that what was remembered is overtaken."""
    store = make()
    other = store if store.is_alone else make()
    now = store.advance()
    with other.transaction():
        assert other.generation == now
    assert store.advance() == now + 1


def test_exclusive_blocks(make: Callable[..., Store]) -> None:
    """Of two processes one is in such a block; the other waits."""
    store = make()
    if store.is_alone:
        return
    entered: list[str] = []

    def enter() -> None:
        with make().exclusively():
            entered.append("second")

    with store.exclusively():
        thread = Thread(target=enter)
        thread.start()
        thread.join(0.2)
        entered.append("first")
    thread.join()
    assert entered == ["first", "second"]


def test_a_lost_update(postgresql: str, tmp_path: Path) -> None:
    """Who changes a row that another changed since the own transaction began has to begin anew."""
    store, other = (open_store(f"{postgresql}?schema={tmp_path.name}") for _ in range(2))
    for each in (store, other):
        each.ensure_tables([TAG], ROWS)
    with pytest.raises(SerializationFailure, match="concurrent update"), store.transaction() as cursor:
        assert cursor.execute(SQL("SELECT color FROM crm_tag WHERE id = 1")) == [(3,)]
        with other.transaction() as outside:
            outside.execute(SQL("UPDATE crm_tag SET color = 4 WHERE id = 1"))
        assert cursor.execute(SQL("SELECT color FROM crm_tag WHERE id = 1")) == [(3,)]
        cursor.execute(SQL("UPDATE crm_tag SET color = 5 WHERE id = 1"))
    with store.transaction() as cursor:
        assert cursor.execute(SQL("SELECT color FROM crm_tag WHERE id = 1")) == [(4,)]


def test_a_table_two_create_at_once(postgresql: str, tmp_path: Path) -> None:
    """Who cannot see the first rows of a table that another created has to begin anew, and then sees them."""
    store, other = (open_store(f"{postgresql}?schema={tmp_path.name}") for _ in range(2))
    with pytest.raises(SerializationFailure), store.transaction() as cursor:
        assert cursor.execute(SQL("SELECT 1")) == [(1,)]
        other.ensure_tables([TAG], ROWS)
        store.ensure_tables([TAG], ROWS)
    store.ensure_tables([TAG], ROWS)
    assert names(store) == ["Product", "Service"]
