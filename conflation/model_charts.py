"""A model as two drawings in SVG: what each level of agreement weighs, and how often matches and strangers meet it.

Figures stand beside every bar, so that no colour alone carries meaning. Not here: one pair's weight (waterfall.py).
"""

import math
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

ROW, LABEL, WIDTH, SPAN = 16, 400, 860, 25.0  # SPAN: bits drawn to either side
FOR, AGAINST = "#2f6f9f", "#b4552d"


def write_charts(settings: dict[str, Any], folder: Path) -> None:
    """Write match_weights.svg and m_and_u.svg of Splink's settings into the model's folder."""
    levels = list(_levels(settings))
    weights = "What each level weighs, in bits: to the right for one person, to the left against"
    shares = "How often a level is met: upper bar among mentions of one person (m), lower among strangers (u)"
    (folder / "match_weights.svg").write_text(_chart(weights, [_weight(*level) for level in levels]), "utf-8")
    (folder / "m_and_u.svg").write_text(_chart(shares, [_shares(*level) for level in levels]), "utf-8")


def _levels(settings: dict[str, Any]) -> Iterator[tuple[str, float, float]]:
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                name = f"{comparison['output_column_name']}: {level['label_for_charts']}"
                yield name, float(level["m_probability"]), float(level["u_probability"])


def _weight(name: str, m: float, u: float) -> tuple[str, str]:
    bits = math.log2(m / u)
    middle, scale = (LABEL + WIDTH) / 2, (WIDTH - LABEL - 90) / 2 / SPAN
    length = min(abs(bits), SPAN) * scale
    start = middle if bits >= 0 else middle - length
    said = middle + length + 4 if bits >= 0 else middle + 4
    fill = FOR if bits >= 0 else AGAINST
    return name, (
        f'<rect x="{start:.1f}" y="2" width="{max(length, 1):.1f}" height="11" fill="{fill}"/>'
        f'<text x="{said:.1f}" y="11">{bits:+.1f}</text>'
    )


def _shares(name: str, m: float, u: float) -> tuple[str, str]:
    scale = WIDTH - LABEL - 190
    return name, (
        f'<rect x="{LABEL + 8}" y="1" width="{max(m * scale, 1):.1f}" height="6" fill="{FOR}"/>'
        f'<rect x="{LABEL + 8}" y="8" width="{max(u * scale, 1):.1f}" height="6" fill="{AGAINST}"/>'
        f'<text x="{WIDTH - 170}" y="11">m {m:.4f}, u {u:.3g}</text>'
    )


def _chart(title: str, rows: list[tuple[str, str]]) -> str:
    height = ROW * len(rows) + 34
    drawn = "".join(
        f'<g transform="translate(0 {26 + number * ROW})">'
        f'<text x="{LABEL}" y="11" text-anchor="end">{escape(name)}</text>{bars}</g>'
        for number, (name, bars) in enumerate(rows)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height}"'
        f' font-family="Inter, sans-serif" font-size="10"><title>{escape(title)}</title>'
        f'<text x="8" y="14" font-size="12">{escape(title)}</text>{drawn}</svg>\n'
    )
