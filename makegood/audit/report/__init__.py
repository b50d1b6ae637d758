"""The report: one page of HTML, a PDF, a picture of each plot, and the numbers as JSON.

answer      the sentence and the five figures     calls    the twenty to call, with timelines
sections    how, how long, by whom, when          behind   the cases behind each number
sides       teams, doors, months; two policies    method   every measure, data quality, limits
markup      values to HTML, escaped               plots, ribbons   the pictures
page, paper, as_json   the forms it is written in
"""

from __future__ import annotations

from pathlib import Path

from ..gather import Report
from ..words import speaking


def write(report: Report, out: Path, *, language: str = "en") -> list[Path]:
    """Write every form of the report into the folder, and return what was written."""
    from . import as_json, page, paper

    out.mkdir(parents=True, exist_ok=True)
    with speaking(language):
        (out / "report.html").write_text(page.page(report), encoding="utf-8")
        (out / "report.json").write_text(as_json.as_json(report), encoding="utf-8")
        paper.write_pdf(report, out / "report.pdf")
        pictures = paper.write_plots(report, out / "plots")
    return [out / "report.html", out / "report.json", out / "report.pdf", *pictures]
