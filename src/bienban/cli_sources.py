"""Commands that read dumps without a database: ``extract``, ``read``, ``scan``."""

import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import orjson

from bienban.cli_progress import Progress
from bienban.identity import day_in_vietnam
from bienban.io.pages import Pages
from bienban.io.readers import CHARSETS, FORMATS, Record, Rejection, SourceError
from bienban.io.sifting import Sifted
from bienban.io.sources import Columns, default_columns, parse_columns, read_sources, sift_sources
from bienban.marked_page import marked_page
from bienban.records import Article

_sources = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
_format = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="auto",
    show_default=True,
    help="Format of what is no archive.",
)
_charset = click.option(
    "--charset", type=click.Choice(CHARSETS), help="Charset of text that is no UTF-8; else it must prove its own."
)


def _columns(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Columns:
    try:
        return parse_columns(value) if value else default_columns()
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


_map = click.option(
    "--map", "columns", callback=_columns, metavar="FIELD=NAME,...", help="Names of the dump's fields: text=content."
)


@click.command()
@_sources
@click.option("--published-on", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication of all articles given.")
@_format
@_charset
@click.option(
    "--html", type=click.Path(file_okay=False, path_type=Path), help="Also a page per article into this folder."
)
def extract(
    sources: tuple[str, ...], published_on: datetime | None, form: str, charset: str | None, html: Path | None
) -> None:
    """Print what each article of SOURCE yields, one JSON object per line.

    SOURCE is a file, a folder, an archive, or - for JSON Lines on standard input. Nothing is filtered.
    What cannot be read goes to standard error with its reason, and the exit code is 1.
    """
    from bienban.export import to_json
    from bienban.extract import extract as extract_article

    given = published_on.date() if published_on else None
    pages = Pages(html) if html else None

    def show(record: Record) -> None:
        article = _article(record, given)
        found = to_json(extract_article(article), article)
        _print_line(found)
        if pages:
            pages.write(article.id, marked_page(article.text, found))

    sys.exit(1 if _each(sources, form, default_columns(), charset, show) else 0)


@click.command()
@_sources
@_format
@_charset
@_map
@click.option("--all", "everything", is_flag=True, help="Also what the candidate filter would drop; says which.")
def read(sources: tuple[str, ...], form: str, charset: str | None, columns: Columns, everything: bool) -> None:
    """Print the records that SOURCE holds, one JSON object per line.

    Rejected records go to standard error as JSON with their reason.
    """

    failed = False
    with Progress("reading") as progress:
        for source, sifted in progress.sum(_sift(sources, form, columns, charset, everything)):
            if isinstance(sifted, SourceError):
                failed = True
                _tell(source, sifted)
                continue
            for found, kept in sifted.found:
                if isinstance(found, Record):
                    _print_line(_shown(found) | ({"candidate": kept} if everything else {}))
                else:
                    _tell(source, found)
    sys.exit(1 if failed else 0)


@click.command()
@_sources
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The Parquet file to write."
)
@_format
@_charset
@_map
def scan(sources: tuple[str, ...], out: Path, form: str, charset: str | None, columns: Columns) -> None:
    """Keep the candidates of SOURCE, of any size, as Parquet; print the balance and the rate."""
    from bienban.io.scan import scan_to_parquet

    with Progress("scanning") as progress:
        balance, failures = scan_to_parquet(progress.sum(_sift(sources, form, columns, charset)), out)
    for error in failures:
        click.echo(f"bienban: {error}", err=True)
    click.echo(balance.told())
    sys.exit(1 if failures else 0)


def _each(
    sources: tuple[str, ...], form: str, columns: Columns, charset: str | None, show: Callable[[Record], None]
) -> list[Rejection | SourceError]:
    """Show every record; what could not be read is told on stderr and returned."""
    failures: list[Rejection | SourceError] = []
    with Progress("reading") as progress:
        for source, found in progress.count(read_sources(sources, form, columns, sys.stdin.buffer, charset=charset)):
            if isinstance(found, Record):
                show(found)
                continue
            failures.append(found)
            _tell(source, found)
    return failures


def _tell(source: str, found: Rejection | SourceError) -> None:
    if isinstance(found, Rejection):
        told = {"source": source, "locator": found.locator, "reason": found.reason.value}
        click.echo(orjson.dumps(told | {"detail": found.detail, "excerpt": found.excerpt}), err=True)
    else:
        click.echo(f"bienban: {found}", err=True)


def _sift(
    sources: tuple[str, ...], form: str, columns: Columns, charset: str | None, everything: bool = False
) -> Iterator[tuple[str, Sifted | SourceError]]:
    return sift_sources(sources, form, columns, sys.stdin.buffer, charset=charset, everything=everything)


def _article(record: Record, given: date | None) -> Article:
    day = given or day_in_vietnam(record.published_at)
    return Article(id=record.id, text=record.text, title=record.title, url=record.url, published_on=day)


def _shown(record: Record) -> dict[str, Any]:
    names = ("id", "url", "title", "text", "published_at", "published_at_source", "crawled_at", "locator")
    return {name: getattr(record, name) for name in names}


def _print_line(value: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))
