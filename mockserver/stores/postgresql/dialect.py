"""PostgreSQL's spelling of what the domain compiler needs, and the functions that a schema of ours has for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from fauxdoo.mockserver.stores.base import KINDS, Dialect

__all__ = ["FUNCTIONS", "POSTGRESQL"]


def _as_it_is(text: str) -> str:
    return text


def _members(values: Sequence[Any]) -> list[Any]:
    return [value for value in values if value is not None]


def _json_text(value: Any) -> Any:
    """`->>` gives texts; what is unset stays so."""
    return json.dumps(value) if value is True or (isinstance(value, (int, float)) and value is not False) else value


_TEXT = 'text COLLATE "C"'

POSTGRESQL = Dialect(
    name="postgresql",
    types={
        "text": _TEXT,
        "integer": "bigint",
        "boolean": "smallint",
        "float": "double precision",
        "date": _TEXT,
        "datetime": _TEXT,
        "binary": "bytea",
        "json": "text",
    },
    like="(%s)::text LIKE %s",
    like_pattern=_as_it_is,
    ilike='((%s)::text COLLATE "default") ILIKE %s',
    ilike_unicode='((%s)::text COLLATE "default") ILIKE %s',
    ilike_pattern=_as_it_is,
    longest_pattern=1 << 30,
    member="%s = ANY(%s)",
    members=_members,
    ids="%s = ANY(translate(%s, '[]', '{}')::bigint[])",
    pairs="json_agg(json_build_array(%s, %s))::text",
    sorts_only_groups=True,
    json_set="jsonb_set(COALESCE(%s, '{}')::jsonb, ARRAY[%s], COALESCE(%s, 'null'))::text",
    json_values={
        "text": "to_jsonb(?::text)",
        "date": "to_jsonb(?::text)",
        "datetime": "to_jsonb(?::text)",
        "binary": "to_jsonb(?::text)",
        "integer": "to_jsonb(?::bigint)",
        "boolean": "to_jsonb(?::smallint)",
        "float": "to_jsonb(?::double precision)",
        "json": "?::jsonb",
    },
    json_casts=dict.fromkeys(KINDS, "%s")
    | {"integer": "(%s)::bigint", "boolean": "(%s)::smallint", "float": "(%s)::double precision"},
    json_has="COALESCE(((%s)::jsonb -> %s) @> %s::jsonb, FALSE)",
    json_item=lambda value: json.dumps([value]),
    json_get="((%s)::jsonb ->> %s)",
    json_key=lambda key: key.replace('"', ""),
    json_plain=_json_text,
    truth="(%s <> 0)",
    float_text="(%s)::double precision::text",
    decimals_text="decimals_text(%s, %s)",
    part="date_part_of(%s, %s, %s)",
    period="date_period_of(%s, %s, %s, %s)",
)

FUNCTIONS = """
CREATE SEQUENCE fauxdoo_row START WITH 1000000000000;

CREATE FUNCTION decimals_text(decimals integer, number double precision) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT round(number::numeric, decimals)::text $$;

CREATE FUNCTION local_moment(value text, zone text) RETURNS timestamp LANGUAGE sql STABLE AS
$$ SELECT CASE WHEN zone IS NULL THEN value::timestamp
    ELSE value::timestamp AT TIME ZONE 'UTC' AT TIME ZONE zone END $$;

CREATE FUNCTION date_part_of(part text, value text, zone text) RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT floor(date_part(CASE part
    WHEN 'year_number' THEN 'year' WHEN 'quarter_number' THEN 'quarter' WHEN 'month_number' THEN 'month'
    WHEN 'iso_week_number' THEN 'week' WHEN 'day_of_year' THEN 'doy' WHEN 'day_of_month' THEN 'day'
    WHEN 'day_of_week' THEN 'dow' WHEN 'hour_number' THEN 'hour' WHEN 'minute_number' THEN 'minute'
    WHEN 'second_number' THEN 'second' END, local_moment(value, zone)))::bigint $$;

CREATE FUNCTION date_period_of(granularity text, value text, zone text, week_start bigint) RETURNS text
LANGUAGE sql STABLE AS
$$ SELECT to_char(
    CASE WHEN granularity = 'week' THEN date_trunc('day', moment)
        - make_interval(days => ((extract(isodow FROM moment)::integer - 1 - week_start::integer + 7) % 7))
    ELSE date_trunc(granularity, moment) END,
    CASE WHEN length(value) = 10 THEN 'YYYY-MM-DD' ELSE 'YYYY-MM-DD HH24:MI:SS' END)
FROM (SELECT local_moment(value, zone) AS moment) AS shown $$;
"""
"""Functions that `POSTGRESQL` names; a schema gets them when it is made."""
