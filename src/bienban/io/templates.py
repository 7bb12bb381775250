"""The templates of the reports: what they may print of an article, and how a page is put in its place.

Everything printed comes from the warehouse and may hold article text: templates escape all of it, and what
would act unseen (controls, marks of writing direction) is shown as its code point by ``shown``.
"""

import base64
import hashlib
import importlib.resources
import json
from datetime import datetime
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bienban.identity import VIETNAM
from bienban.marking import shown, visible

_LONGEST = 300  # code points of a title, a name or an address: some are a megabyte long


def report_environment(written_at: datetime) -> Environment:
    """The templates with the filters and values that all pages share."""
    environment = Environment(
        loader=PackageLoader("bienban", "reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals |= {
        "written_at": written_at,
        "package_version": version("bienban"),
        "chart_library": _asset("uPlot.iife.min.js"),
        "chart_style": _asset("uPlot.min.css"),
    }
    environment.filters |= {
        "cut": cut,
        "line": lambda row: row if isinstance(row, str) else json.dumps(row, ensure_ascii=False),
        "moment": lambda value: "–" if value is None else value.astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M"),
        "number": lambda value: "–" if value is None else f"{value:,}",
        "plain": _plain_number,
        "plain_text": lambda value: visible(cut(str(value))),
        "policy_hash": policy_hash,
        "shown": lambda value: Markup(shown(cut(str(value)))),  # noqa: S704 - escaped by it
    }
    return environment


def _asset(name: str) -> Markup:
    """A file of the charting library; it is ours, so nothing of it is escaped."""
    return Markup((importlib.resources.files("bienban") / "assets" / "charts" / name).read_text())  # noqa: S704


def policy_hash(script: str) -> str:
    """What a Content-Security-Policy calls this one inline script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def cut(value: str) -> str:
    """The value, or its beginning and an ellipsis."""
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"


def write_page(page: Path, content: str) -> None:
    """Put the page in its place: a reader never opens half of one."""
    page.parent.mkdir(parents=True, exist_ok=True)
    draft = page.with_suffix(".new")
    draft.write_text(content, encoding="utf-8")
    draft.replace(page)


def _plain_number(value: Any) -> str:
    if value is None:
        return "–"
    exact = Decimal(str(value))
    return f"{int(exact):,}" if exact == exact.to_integral_value() else f"{exact.normalize():,f}"
