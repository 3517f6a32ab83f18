"""A run on one page: the verdict, three plots, the requests, the errors. Nothing is loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

import pygal
from pygal.style import Style

from fauxdoo.loadtests.results import Moment, Results, Row
from fauxdoo.loadtests.thresholds import Verdict

__all__ = ["render"]

_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="var(--ink)",
    foreground_strong="var(--ink)",
    foreground_subtle="var(--faint)",
    guide_stroke_color="var(--line)",
    major_guide_stroke_color="var(--line)",
    colors=("var(--a)", "var(--b)", "var(--c)"),
    font_family="inherit",
    opacity="1",
    transition="0s",
    label_font_size=12,
    major_label_font_size=12,
    legend_font_size=13,
    title_font_size=12,
)
_POINTS = 240
"""So many moments of a long run are plotted."""


def render(title: str, results: Results, verdicts: Sequence[Verdict]) -> str:
    """The page as HTML."""
    go = all(verdict.kept for verdict in verdicts)
    template = Template(files("fauxdoo.loadtests").joinpath("report.html").read_text("utf-8"))
    return template.substitute(
        title=escape(title),
        state="go" if go else "no-go",
        word=("GO" if go else "NO-GO") if verdicts else "MEASURED",
        cards="".join(_cards(results)),
        verdicts=_verdicts(verdicts),
        latency=_plot(results.history, "ms", p50="p50", p95="p95", p99="p99"),
        throughput=_plot(results.history, "per second", requests="rate", failures="failing"),
        users=_plot(results.history, "users", users="users"),
        requests="".join(map(_line, results.rows)),
        failures=_failures(results),
    )


def _cards(results: Results) -> Iterable[str]:
    total = results.total
    facts = (
        ("requests", f"{total.requests:,}"),
        ("per second", f"{total.rate:,.1f}"),
        ("median", f"{total.p50:,.0f} ms"),
        ("p95", f"{total.p95:,.0f} ms"),
        ("p99", f"{total.p99:,.0f} ms"),
        ("errors", f"{total.errors:.2f} %"),
    )
    return (f"<div class=card><b>{value}</b><span>{name}</span></div>" for name, value in facts)


def _verdicts(verdicts: Sequence[Verdict]) -> str:
    if not verdicts:
        return "<p>No thresholds were given: this run was measured, not judged.</p>"
    lines = (
        f"<tr class={'kept' if verdict.kept else 'broken'}><td>{escape(verdict.threshold.text)}</td>"
        f"<td>{'—' if verdict.value is None else f'{verdict.value:,.6g}'}</td>"
        f"<td>{'kept' if verdict.kept else 'broken'}</td></tr>"
        for verdict in verdicts
    )
    return f"<table><tr><th>threshold<th>measured<th></tr>{''.join(lines)}</table>"


def _plot(history: Sequence[Moment], unit: str, **lines: str) -> str:
    """An SVG of attributes of the moments, by the name of their line."""
    chosen = history[:: -(-len(history) // _POINTS) or 1]
    chart = pygal.XY(
        style=_STYLE,
        js=(),
        height=260,
        width=900,
        show_dots=False,
        dots_size=2,
        stroke_style={"width": 2},
        legend_at_bottom=True,
        legend_at_bottom_columns=3,
        min_scale=3,
        max_scale=6,
        legend_box_size=12,
        x_title="seconds",
        y_title=unit,
        include_x_axis=True,
        margin=8,
        no_data_text="too short to plot",
        x_value_formatter=lambda value: f"{value:,.0f}",
        value_formatter=lambda value: f"{value:,.4g}",
    )
    for name, attribute in lines.items():
        chart.add(name, [(moment.second, getattr(moment, attribute)) for moment in chosen])
    chart.add_xml_filter(_without_scripts)
    drawn: str = chart.render(is_unicode=True, disable_xml_declaration=True)
    return drawn


def _without_scripts(svg: Any) -> Any:
    for parent in list(svg.iter()):
        for child in [each for each in parent if str(each.tag).endswith("script")]:
            parent.remove(child)
    return svg


def _line(row: Row) -> str:
    cells = (row.rate, row.average, row.p50, row.p95, row.p99, row.largest)
    numbers = "".join(f"<td>{cell:,.1f}</td>" for cell in cells)
    return f"<tr><td>{escape(row.name)}</td><td>{row.requests:,}</td><td>{row.failures:,}</td>{numbers}</tr>"


def _failures(results: Results) -> str:
    if not results.failures:
        return "<p>None.</p>"
    lines = (
        f"<tr><td>{escape(each.name)}</td><td>{escape(each.error)}</td><td>{each.count:,}</td></tr>"
        for each in results.failures
    )
    return f"<table><tr><th>request<th>error<th>times</tr>{''.join(lines)}</table>"
