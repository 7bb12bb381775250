"""Great Expectations' Data Docs as pages that need nothing from the net and run nothing from an article.

Great Expectations links its styles and scripts to public hosts; the built pages are rewritten to the
copies in ``bienban/assets``. Its templates do not escape values, so what was found in the data is
escaped in the stored results before they are rendered.
"""

import html
import importlib.resources
import json
import re
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bienban.settings import Settings

_KEPT_RUNS = 10
_SITE = "data_docs"


def site_folder(config: Settings) -> Path:
    """Where the pages are built."""
    return config.reports / _SITE


def run_name(run_id: str) -> str:
    """The run's id as a folder name (Airflow's ids hold ``:`` and ``+``)."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", run_id)


def page_url(page: Any) -> str:
    """The page of one validation, relative to the reports."""
    return quote("/".join((_SITE, "validations", *page.to_tuple())) + ".html")


def fresh_context_folder(config: Settings) -> Path:
    """The folder of the context, without the last run's configuration; earlier results are kept.

    The configuration is made anew at each run: a killed one may have left half a file.
    """
    folder = config.home / "gx"
    made = folder / "gx"
    for kept, inside in ((made / "uncommitted", made), (made / "uncommitted" / "validations", made / "uncommitted")):
        for entry in inside.iterdir() if inside.exists() else ():
            if entry != kept:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


Samples = dict[str, list[Any] | None]  # id of an expectation -> some of what it found, without words of articles


def build(
    context: Any,
    pages: Mapping[Any, Samples],
    site: Path,
    seal: tuple[int, str],
    taken_down_at: datetime | None = None,
) -> Path:
    """Render the pages of this run, the suites and the index; return the index page.

    ``seal``: length and head of the audit's chain, noted on the index so that it is known outside of the database.

    Runs from before ``taken_down_at``, the last take-down, are removed: their pages may quote the article.
    """
    validations = Path(context.root_directory) / "uncommitted" / "validations"
    for page, samples in pages.items():
        _finish_findings(validations.joinpath(*page.to_tuple()).with_name(page.batch_identifier + ".json"), samples)
    _forget_old_runs(validations, site, 0.0 if taken_down_at is None else taken_down_at.timestamp())
    suites = [page.expectation_suite_identifier for page in pages]
    context.build_data_docs(resource_identifiers=[*pages, *suites])  # earlier runs' pages stay; the index lists all
    _use_own_assets(site)
    index = site / "index.html"
    links, head = seal
    told = f"<footer><p>{links} links of the audit are sealed, head <code>{head}</code> (bienban verify).</p></footer>"
    index.write_text(index.read_text(encoding="utf-8").replace("</body>", f"{told}\n</body>", 1), encoding="utf-8")
    return index


def _finish_findings(stored: Path, samples: Samples) -> None:
    """Show the samples of what was found, and make all that came out of the data harmless as HTML."""
    told = json.loads(stored.read_text())
    for result in told["results"]:
        # Its own lists of values would show words of articles.
        found = {name: value for name, value in result["result"].items() if not name.startswith("partial_unexpected")}
        rows = samples[result["expectation_config"]["id"]]
        if rows:
            found |= {"unexpected_count": 0} | found | {"partial_unexpected_list": [_line(row) for row in rows]}
        result["result"] = _escaped(found)
        result["exception_info"] = _escaped(result["exception_info"])
    stored.write_text(json.dumps(told))


def _line(row: Any) -> str:
    return ", ".join(f"{name} = {value}" for name, value in row.items()) if isinstance(row, dict) else str(row)


def _escaped(value: Any) -> Any:
    if isinstance(value, dict):
        return {_escaped(key): _escaped(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_escaped(each) for each in value]
    # "$" starts a placeholder in its templates.
    return html.escape(value).replace("$", "&#36;") if isinstance(value, str) else value


def _forget_old_runs(validations: Path, site: Path, earliest: float) -> None:
    """Keep the newest runs, so that the index stays short and the build quick; the audit keeps all results."""
    newest: dict[str, float] = {}
    for run in _run_folders(validations, "*.json"):
        newest[run.name] = max(newest.get(run.name, 0.0), run.stat().st_mtime)
    kept = [name for name in sorted(newest, key=newest.__getitem__, reverse=True) if newest[name] >= earliest]
    for run in _run_folders(validations, "*.json") | _run_folders(site / "validations", "*.html"):
        if run.name not in kept[:_KEPT_RUNS]:
            shutil.rmtree(run)


def _run_folders(folder: Path, pattern: str) -> set[Path]:
    """<suite>/<run>/<time>/<file>: of any depth, as a dot in a suite's name makes a folder."""
    return {file.parent.parent for file in folder.rglob(pattern)}


def _use_own_assets(site: Path) -> None:
    vendored = site / "static" / "vendor"
    with importlib.resources.as_file(importlib.resources.files("bienban") / "assets" / "data_docs") as assets:
        shutil.copytree(assets, vendored, dirs_exist_ok=True)
    for unused in (site / "static" / "fonts", *(site / "static" / "images").glob("*.gif")):
        shutil.rmtree(unused) if unused.is_dir() else unused.unlink()
    for page in site.rglob("*.html"):
        told = page.read_text(encoding="utf-8")
        if _POLICY not in told:
            up = "../" * (len(page.relative_to(site).parts) - 1)
            page.write_text(_without_hosts(told, f"{up}static/"), encoding="utf-8")


def _without_hosts(page: str, static: str) -> str:
    page = _LINKED.sub(lambda tag: _own_tag(tag.group(), static), page)
    # The logo is fetched with the page's date and an id of the installation: a reader would be counted.
    page = _LOGO.sub(f"{static}images/logo-long.png", page)
    page = _NEWSLETTER.sub("", page)
    page = page.replace("<html>", '<html lang="en">', 1)
    page = page.replace("</body>", f'<script src="{html.escape(static)}vendor/reachable.js"></script></body>', 1)
    return page.replace("<head>", f"<head>\n    {_POLICY}", 1)


def _own_tag(tag: str, static: str) -> str:
    for known, own in _OWN.items():
        if known in tag:
            address = html.escape(f"{static}vendor/{own}")
            return (
                f'<script src="{address}"></script>'
                if own.endswith(".js")
                else f'<link rel="stylesheet" href="{address}">'
            )
    return ""  # vega, the dark theme, Popper (in Bootstrap's bundle)


# A second lock: what the rewriting should ever miss is not fetched either.
_POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self' file: data: 'unsafe-inline'; "
    "connect-src 'none'; form-action 'none'\">"
)
_LINKED = re.compile(r"<script\b[^>]*\bsrc=\"https?:[^>]*>\s*</script>|<link\b[^>]*\bhref=\"https?:[^>]*>")
_LOGO = re.compile(r"https://great-expectations-web-assets\.[^\"')\s]*")
_NEWSLETTER = re.compile(r"<footer>.*?</footer>", re.DOTALL)
_OWN = {  # a part of the linked address -> the file in assets/data_docs; filter-control before its table
    "bootstrap-table-filter-control.min.js": "bootstrap-table-filter-control.min.js",
    "bootstrap-table-filter-control": "bootstrap-table-filter-control.min.css",
    "bootstrap-table.min.css": "bootstrap-table.min.css",
    "bootstrap-table.min.js": "bootstrap-table.min.js",
    "bootstrap-datepicker.min.css": "bootstrap-datepicker.min.css",
    "bootstrap-datepicker.min.js": "bootstrap-datepicker.min.js",
    "bootstrap.min.css": "bootstrap.min.css",
    "bootstrap.min.js": "bootstrap.bundle.min.js",
    "font-awesome": "fontawesome.css",
    "jquery": "jquery.min.js",
}
