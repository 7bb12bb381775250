"""The ``bienban`` command. Exit codes: 0 done, 1 failed (the message says what to do), 2 usage."""

import os
import sys

import click
import psycopg
from rich.console import Console

from bienban.cli_evaluate import evaluate
from bienban.cli_review import review
from bienban.cli_sources import extract, read, scan
from bienban.cli_units import units
from bienban.cli_warehouse import take_down, trace, unpin, verify, withdraw
from bienban.evaluation.gold import GoldError
from bienban.io.database import DatabaseError
from bienban.io.mart_shapes import PublicationRefused
from bienban.io.provenance import UnknownKey
from bienban.io.readers import SourceError
from bienban.io.removal import RemovalError
from bienban.io.review import ReviewError
from bienban.io.verify import Broken
from bienban.settings import SettingsError

_EXPECTED = (
    SourceError,
    GoldError,
    SettingsError,
    DatabaseError,
    RemovalError,
    ReviewError,
    UnknownKey,
    PublicationRefused,
    Broken,
    psycopg.Error,
    OSError,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bienban")
def commands() -> None:
    """Meetings, people, documents and figures from news articles of Vietnam's public bodies."""


for command in (extract, read, scan, evaluate, units, trace, verify, withdraw, take_down, unpin, review):
    commands.add_command(command)


def main(words: list[str] | None = None) -> None:
    """Run the command of ``words`` (default: ``sys.argv``) and exit."""
    try:
        commands(words)
    except BrokenPipeError:
        # The reader of the pipe has seen enough; Python must not try to flush into it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except _EXPECTED as error:
        Console(stderr=True).print(f"bienban: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)
