"""A pair's weight as a waterfall in SVG: from chance through each piece of evidence to the whole.

Text and numbers only, with a title for screen readers; no colour alone carries meaning (bars say + or −). Not here:
the figures (explain.py).
"""

from html import escape
from typing import Any

WIDTH, ROW, LEFT, RIGHT = 640, 26, 270, 60


def waterfall(found: dict[str, Any]) -> str:
    """The drawing of an explanation, a whole <svg> element."""
    steps = [("Two mentions at random", found["prior"])]
    steps += [(f"{part['name']}: {part['words']}", part["bits"]) for part in found["parts"]]
    marks = [0.0, found["needed"]]
    total = 0.0
    for _, bits in steps:
        total += bits
        marks.append(total)
    low, high = min(marks), max(marks)
    scale = (WIDTH - LEFT - RIGHT) / max(high - low, 1e-9)
    height = ROW * (len(steps) + 1) + 30
    lines: list[str] = []
    at = 0.0
    for number, (words, bits) in enumerate(steps):
        lines.append(_bar(number, words, at, at + bits, f"{bits:+.1f}", low, scale))
        at += bits
    lines.append(_bar(len(steps), "In all", 0.0, found["weight"], f"{found['weight']:+.1f}", low, scale))
    x = LEFT + (found["needed"] - low) * scale
    lines.append(
        f'<line x1="{x:.1f}" y1="4" x2="{x:.1f}" y2="{height - 24}" stroke="#1f2933" stroke-dasharray="3 3"/>'
    )
    lines.append(
        f'<text x="{x:.1f}" y="{height - 8}" text-anchor="middle">needed {found["needed"]:+.1f}</text>'
    )
    title = f"Evidence that two mentions are one person: {found['weight']:+.1f} bits, {found['needed']:+.1f} needed"
    body = "".join(lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height}"'
        f' font-family="Inter, sans-serif" font-size="11"><title>{escape(title)}</title>{body}</svg>'
    )


def _bar(number: int, words: str, start: float, end: float, said: str, low: float, scale: float) -> str:
    y = 6 + number * ROW
    x, width = LEFT + (min(start, end) - low) * scale, max(1.0, abs(end - start) * scale)
    fill = "#2f6f9f" if end >= start else "#b4552d"
    cut = words if len(words) <= 46 else words[:45] + "…"
    return (
        f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(cut)}</text>'
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{ROW - 8}" fill="{fill}"/>'
        f'<text x="{x + width + 4:.1f}" y="{y + 13}">{said}</text>'
    )
