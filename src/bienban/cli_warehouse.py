"""Commands on the warehouse: ``trace``, ``verify``, ``withdraw``, ``take-down``, ``unpin``."""

import getpass
from typing import Any

import click
import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bienban import jobs


@click.command()
@click.argument("key", metavar="METRIC_VALUE_KEY|MEETING_KEY")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def trace(key: str, as_json: bool) -> None:
    """Print the chain behind a row of the marts: its quote in its sentence, article, dump file, locator."""
    found = jobs.trace(key)
    if as_json:
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2))
        return
    console = Console(highlight=False)
    start, end = found["quote_in_sentence"]
    sentence = Text(_printable(found["sentence"]))
    sentence.stylize("bold reverse", start, end)
    console.print(sentence)
    console.print(_table(found["row"]))
    console.print(_table(found["article"]))
    for occurrence in found["occurrences"]:
        console.print(_table(occurrence))


@click.command()
@click.option("--head", metavar="HASH", help="A hash that an earlier run told: it must still be part of the chain.")
def verify(head: str | None) -> None:
    """Check that nobody changed the audit behind its chain of hashes, nor the published rows."""
    found = jobs.verify(head)
    version = "no version is published" if found["version"] is None else f"version {found['version']} as published"
    click.echo(f"{found['links']:,} links unbroken; {version}, {found['rows']:,} rows of marts compared.")
    click.echo(f"head {found['head']}")


@click.command()
@click.argument("dump_file_id")
def withdraw(dump_file_id: str) -> None:
    """Take a wrong dump file out of everything at the next build."""
    counts = jobs.withdraw(dump_file_id)
    click.echo(f"withdrawn; {counts['articles']:,} articles were met in it. They leave the marts with the next build.")


@click.command("take-down")
@click.argument("article_id", type=click.UUID)
@click.option(
    "--reason",
    default="asked for",
    show_default=True,
    help="Why; kept in audit.take_downs, so it must not name the article.",
)
def take_down(article_id: str, reason: str) -> None:
    """Remove one article for good: its text, records and occurrences. Met again, it stays out."""
    counts = jobs.take_down(str(article_id), reason)
    click.echo(f"taken down in {counts['occurrences']:,} places. It leaves the marts with the next build.")


@click.command()
def unpin() -> None:
    """Let builds go on from the version that a rollback pinned."""
    version = jobs.unpin(getpass.getuser())["version"]
    click.echo(f"version {version} is no longer pinned; `make rebuild` publishes what raw holds now.")


def _table(values: dict[str, Any]) -> Table:
    table = Table(show_header=False, box=None)
    for name, value in values.items():
        if value is not None:
            table.add_row(Text(name, style="dim"), Text(_printable(str(value))))
    return table


def _printable(text: str) -> str:
    """Article text is hostile: no control character reaches the terminal. Of the same length."""
    return "".join(char if char.isprintable() else " " for char in text)
