"""The table at the end of a run: records in and out, what is published, how to reach it."""

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bienban.settings import Settings


def print_summary(settings: Settings, told: dict[str, Any], console: Console, *, is_news: bool) -> None:
    """Print what ``jobs.summary()`` tells. Names from dumps are printed as text, never as markup."""
    files, raw, version = told["dump_files"], told["raw"], told["version"]
    table = Table(title="bienban", title_justify="left", box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("dump files", _number(files["dump_files"]), _failed(told))
    table.add_row("records read", _number(files["records_read"]), "= loaded + duplicates + filtered + rejected")
    table.add_row(
        "  loaded", _number(files["loaded"]), f"{_number(raw['meeting_reports'])} are reports of held meetings"
    )
    table.add_row("  duplicates", _number(files["duplicates"]), "")
    table.add_row("  filtered", _number(files["filtered"]), "no candidate for a meeting")
    table.add_row("  rejected", _number(files["rejected"]), _reasons(told["rejected"]))
    if version:
        counts = version["row_counts"]
        table.add_section()
        table.add_row("version", _number(version["version"]), _freshness(version, is_news))
        for label, name in (("  meetings", "fct_meetings"), ("  figures", "fct_metrics"), ("  bodies", "dim_bodies")):
            table.add_row(label, _number(counts.get(name, 0)), f"marts.{name}")
        table.add_row("  new", _number(told["freshness"]["new_articles"]), _newest(told["freshness"]))
        table.add_row("  units", _number(told["units_with_meetings"]), "that these meetings belong to")
    _add_unmatched(table, told)
    checks = told["validation"]
    if checks and checks["expectations"]:
        table.add_section()
        failed = checks["failed"] - checks["failed_critical"]
        verdict = f"{checks['failed_critical']} critical failed, {failed} warnings"
        table.add_row("expectations", _number(checks["expectations"]), verdict)
        table.add_row("audit", _number(told["chain"]["links"]), f"links sealed, head {told['chain']['head'][:16]}…")
    console.print()
    console.print(table)
    console.print()
    _print_places(settings, console)


def _add_unmatched(table: Table, told: dict[str, Any]) -> None:
    """What to review: nouns and names that match nothing, figures that do not fit their neighbours."""
    if told["unmatched"] or told["disagreements"]:
        table.add_section()
    for kind, found in told["unmatched"].items():
        frequent = ", ".join(f"{_shown(name)} {count}" for name, count in found["most_frequent"].items())
        table.add_row(f"unmatched {kind}s", _number(found["names"]), frequent)
    if told["disagreements"]:
        table.add_row("disagreements", _number(told["disagreements"]), "figures that do not fit: audit.disagreements")


def _shown(name: str) -> str:
    return escape("".join(char for char in name if char.isprintable()))


def _print_places(settings: Settings, console: Console) -> None:
    console.print(f"reports   {escape(str(settings.reports / 'index.html'))}", soft_wrap=True)
    console.print("query     make psql            BI tools: make dsn ROLE=bi")
    console.print("web UI    make up              stop: make down")


def _freshness(version: dict[str, Any], is_news: bool) -> str:
    day, _, clock = version["published_at"].partition("T")
    return f"published {day} {clock[:5]}" + ("" if is_news else "; nothing was new, it stands")


def _newest(freshness: dict[str, Any]) -> str:
    """Whether this version brought articles that none had shown; else when something new came last."""
    if freshness["new_articles"]:
        return "articles that no version showed before"
    if freshness["last_new_version"] is None:
        return "stale: no version has shown an article"
    day = freshness["last_new_at"].partition("T")[0]
    return f"stale: the newest articles came with version {freshness['last_new_version']} on {day}"


def _failed(told: dict[str, Any]) -> str:
    return "\n".join(f"[red]failed:[/] {escape(url)}: {escape(error or '')}" for url, error in told["failed"].items())


def _reasons(reasons: dict[str, int]) -> str:
    return ", ".join(f"{escape(reason)} {count}" for reason, count in reasons.items())


def _number(value: int | None) -> str:
    return f"{value or 0:,}"
