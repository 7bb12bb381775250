"""``bienban units``: the administrative units that a text names."""

from datetime import datetime

import click
import orjson

from bienban.register import describe, why_no_match


@click.command()
@click.argument("text")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day that decides which units stand.")
def units(text: str, on: datetime | None) -> None:
    """Print the units that TEXT names, best first, as JSON.

    Each comes with codes, validity, parents and successors; score and method say how sure it is.
    """
    day = on.date() if on else None
    found = describe(text, day)
    if not found:
        click.echo(why_no_match(text, day), err=True)
    click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2))
