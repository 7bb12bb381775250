"""Reviews by people: ``review sample``, ``review import``."""

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bienban import jobs
from bienban.io.review import told_estimates


@click.group()
def review() -> None:
    """Let people judge a sample of the published rows; what they find goes to audit.review_results."""


@review.command()
@click.option("--n", "size", type=click.IntRange(2, 10_000), default=200, show_default=True, help="Rows to draw.")
@click.option("--seed", default="1", show_default=True, help="Another seed draws other rows.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder of the sheets (default: here).",
)
def sample(size: int, seed: str, into: Path) -> None:
    """Draw a stratified sample of the current version; writes a sheet (CSV) and a form (HTML) of it."""
    drawn = jobs.draw_review(size, seed, into)
    click.echo(f"sample {drawn['sample_id']}: {drawn['rows']:,} rows of version {drawn['version']}")
    click.echo(drawn["sheet"])
    click.echo(drawn["form"])


@review.command("import")
@click.argument("sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reviewer", required=True, help="Who judged, as a role: editor, auditor.")
def import_sheet(sheet: Path, reviewer: str) -> None:
    """Store the verdicts of SHEET and print the estimated shares of right values, with their 95 % intervals."""
    sample_id, found = jobs.import_review(sheet, reviewer)
    table = Table(title=f"sample {sample_id}", title_justify="left", box=None)
    for name in ("row", "field", "right (95 % interval)", "judged"):
        table.add_column(name, justify="right" if name == "judged" else "left")
    for row in told_estimates(found):
        table.add_row(*row)
    Console(highlight=False).print(table)
