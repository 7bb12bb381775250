"""dbt in this process: raw tables and register to ``marts_candidate``, and the documentation of the models.

dbt's target and logs live in the home, so the checkout stays clean and the next parse is a partial one.
Unit tests of models check code, not data: a build leaves them out, the tests of the project run them.

Not here: what the models say (``dbt_project/``), whether the candidate may be published (the gate).
"""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from bienban.io.database import connect
from bienban.io.increments import begin_build, end_build, project_sha256
from bienban.io.register_tables import load_register_tables
from bienban.settings import Settings, settings

# Views and seeds stand as the last build left them: they are of this project, too.
_GO_ON = ("--select", "config.materialized:by_part", "test_type:data")
# Sorts and hashes of large builds stay in memory. Commits need not wait for the disk: a crash of the server loses the
# end of a build, which then did not end well; the mark that one did is written by another session, and that waits.
# Rows by the million may come from parallel workers.
_SESSION = "-c work_mem=128MB -c synchronous_commit=off -c parallel_tuple_cost=0.01"
_BAD = frozenset({"error", "fail", "runtime error", "partial success"})


class DbtError(RuntimeError):
    """dbt did not finish well; the message names the nodes that failed and why."""


def build_candidate(full_refresh: bool = False, config: Settings | None = None) -> dict[str, Any]:
    """Load the register, then run seeds, models and data tests into the candidate schemas.

    Only what raw changed is made anew, unless ``full_refresh`` or the project itself changed since the last build.
    Returns ``models``, ``seeds``, ``tests`` (numbers that ran), ``warnings`` (names of tests that warn),
    ``register_rows`` (copied now) and ``dbt_version``.
    Raises DbtError after the last node that could run; ``marts_candidate`` is then not to be trusted.
    """
    config = config or settings()
    project = config.project / "dbt_project"
    with connect("transformer", config=config) as connection:
        copied = load_register_tables(connection, project / "seeds" / "register")
        goes_on = begin_build(connection, project, full_refresh=full_refresh)
    arguments = ["build", "--exclude-resource-type", "unit_test", *(_GO_ON if goes_on else ())]
    results = invoke(config, [*arguments, "--full-refresh"] if full_refresh else arguments).results
    with connect("transformer", config=config) as connection:
        end_build(connection, project)
    ran = Counter(str(result.node.resource_type) for result in results)
    return {
        "models": ran["model"],
        "seeds": ran["seed"],
        "tests": ran["test"],
        "warnings": sorted(result.node.name for result in results if str(result.status) == "warn"),
        "register_rows": sum(copied.values()),
        "dbt_version": version("dbt-core"),
    }


def write_docs(config: Settings | None = None) -> Path:
    """Write the documentation of all models as one static page, unless it tells of these models already.

    Returns its path in the reports. Raises DbtError.
    """
    config = config or settings()
    page = config.reports / "dbt" / "index.html"
    mark = page.with_name("models.sha256")
    models = project_sha256(config.project / "dbt_project")
    if page.exists() and mark.exists() and mark.read_text() == models:
        return page  # 5 s of a core saved; the page holds no data
    invoke(config, ["docs", "generate", "--static"])
    page.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_target(config) / "static_index.html", page)
    mark.write_text(models)
    return page


def parse(config: Settings | None = None) -> None:
    """Read all models, tests and properties without a database; every deprecation is an error."""
    invoke(config or settings(), ["parse", "--warn-error"], needs_warehouse=False)


def invoke(config: Settings, arguments: list[str], *, needs_warehouse: bool = True) -> Any:
    """Run one dbt command on the project; returns dbt's result. Raises DbtError naming the nodes that failed."""
    from dbt.cli.main import dbtRunner  # 2 s to import

    project = str(config.project / "dbt_project")
    places = ["--project-dir", project, "--profiles-dir", project]
    # Apart: another environment would make the next build parse everything anew.
    target = _target(config) if needs_warehouse else config.home / "dbt" / "parse"
    places += ["--target-path", str(target), "--log-path", str(config.home / "dbt" / "logs")]
    with _environment(config) if needs_warehouse else nullcontext():
        outcome = dbtRunner().invoke([*arguments, *places, "--no-use-colors", "--no-send-anonymous-usage-stats"])
    if outcome.exception is not None:
        raise DbtError(f"dbt {arguments[0]} stopped: {outcome.exception}") from outcome.exception
    if not outcome.success:
        raise DbtError(_failures(arguments[0], outcome.result))
    return outcome.result


def _target(config: Settings) -> Path:
    return config.home / "dbt" / "target"


def _failures(command: str, result: Any) -> str:
    ran = list(getattr(result, "results", ()))
    failed = [found for found in ran if str(found.status) in _BAD]
    lines = [f"{found.node.unique_id}: {found.status}: {(found.message or '').strip()}" for found in failed]
    return f"dbt {command}: {len(failed)} of {len(ran)} nodes failed\n" + "\n".join(lines)


@contextmanager
def _environment(config: Settings) -> Iterator[None]:
    """What profiles.yml reads, for the time of one invocation."""
    dsn = urlsplit(config.dsn("transformer"))
    wanted = {
        "BIENBAN_DBT_HOST": dsn.hostname or "127.0.0.1",
        "BIENBAN_DBT_PORT": str(dsn.port or 5432),
        "BIENBAN_DBT_USER": unquote(dsn.username or ""),
        "BIENBAN_DBT_PASSWORD": unquote(dsn.password or ""),
        "BIENBAN_DBT_DBNAME": dsn.path.lstrip("/"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "False",
        "PGOPTIONS": f"{os.environ.get('PGOPTIONS', '')} {_SESSION}".strip(),
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


if __name__ == "__main__":  # python -m bienban.io.dbt parse: a check of the checkout, no warehouse needed
    if sys.argv[1:] != ["parse"]:
        sys.exit("usage: python -m bienban.io.dbt parse")
    parse()
