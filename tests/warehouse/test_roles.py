"""Each role logs in and is refused what is not its job."""

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege, ReadOnlySqlTransaction

from bienban.io.database import connect
from bienban.io.migrate import migrate, prepare_warehouse
from bienban.io.roles import BI_STATEMENT_TIMEOUT
from bienban.settings import ROLES, Settings, SettingsError

pytestmark = pytest.mark.usefixtures("warehouse")

_RUN = (
    "insert into audit.pipeline_runs (run_id, dag_id, started_at, status, raw_watermark)"
    " values ('r', 'd', now(), 'running', now())"
)

_ARTICLE = "insert into raw.articles (article_id, text) values (gen_random_uuid(), '')"

REFUSED = [
    pytest.param("loader", "create table raw.extra (x int)", id="loader makes no tables"),
    pytest.param("loader", "drop table raw.articles", id="loader drops no tables"),
    pytest.param("loader", "truncate raw.articles cascade", id="loader does not empty raw"),
    pytest.param("loader", "update raw.figures set low = 0", id="records are never corrected"),
    pytest.param("loader", "delete from raw.dump_files", id="dump files are never forgotten"),
    pytest.param("loader", "update audit.pipeline_runs set status = 'published'", id="loader only inserts into audit"),
    pytest.param("loader", "delete from audit.take_downs", id="a take-down is not undone"),
    pytest.param("loader", "insert into audit.validation_results (run_id) values ('r')", id="loader does not validate"),
    pytest.param("loader", "select * from marts_candidate.made_later", id="loader does not read marts"),
    pytest.param("loader", "select audit.make_current(1)", id="loader does not switch versions"),
    pytest.param("transformer", _ARTICLE, id="dbt does not write raw"),
    pytest.param("transformer", "update raw.articles set text = ''", id="dbt does not correct raw"),
    pytest.param("transformer", "select * from audit.pipeline_runs", id="dbt does not read audit"),
    pytest.param("transformer", "create table marts.extra (x int)", id="dbt does not touch the marts"),
    pytest.param("transformer", "select * from marts.made_later", id="dbt does not read the marts"),
    pytest.param("validator", "update marts_candidate.made_later set x = 1", id="the gate mends nothing"),
    pytest.param("validator", "delete from audit.validation_results", id="results stand"),
    pytest.param("validator", "update audit.validation_results set success = true", id="results are not whitewashed"),
    pytest.param("validator", "insert into audit.published_versions (version) values (1)", id="nor publishes"),
    pytest.param("validator", _ARTICLE, id="the gate does not write raw"),
    pytest.param("publisher", "select text from raw.articles", id="publisher does not read articles"),
    pytest.param("publisher", "insert into marts_candidate.made_later values (1)", id="publisher mends nothing"),
    pytest.param("publisher", "delete from audit.published_versions", id="publications stand"),
    pytest.param("publisher", "update audit.published_versions set version = 2", id="publications are not rewritten"),
    pytest.param("publisher", "select * from staging.made_later", id="publisher reads the candidate only"),
    pytest.param("publisher", "update audit.chain set subject = ''", id="the chain is not rewritten"),
    pytest.param("validator", "delete from audit.chain", id="nor cut"),
    pytest.param("loader", "truncate audit.chain", id="nor emptied"),
    pytest.param("validator", "update audit.measures set value = 0", id="measures stand"),
    pytest.param("validator", "delete from audit.reconciliations", id="reconciliations stand"),
    pytest.param("publisher", "delete from audit.shown_articles", id="what was shown stands"),
    pytest.param("loader", "insert into audit.shown_articles values (gen_random_uuid(), 1)", id="nor is it made up"),
    pytest.param("auditor", "insert into audit.corrections (correction_id) values ('c')", id="auditor writes nothing"),
    pytest.param("auditor", "select * from staging.made_later", id="auditor reads what is published"),
    pytest.param("auditor", "select * from marts_candidate.made_later", id="auditor does not read candidates"),
    pytest.param("auditor", "create temporary table t (x int)", id="auditor makes nothing"),
    pytest.param("bi", "select text from raw.articles", id="bi does not read article text"),
    pytest.param("bi", "select own_text from raw.article_occurrences", id="nor another form of it"),
    pytest.param("bi", "select excerpt from raw.rejected_records", id="nor excerpts"),
    pytest.param("bi", "select * from marts_candidate.made_later", id="bi sees only what passed the gate"),
    pytest.param("bi", "insert into marts.made_later values (1)", id="bi writes nothing"),
    pytest.param("bi", "set transaction_read_only = off; delete from marts.made_later", id="not when it tries"),
    pytest.param("bi", "create temporary table t (x int)", id="bi makes nothing"),
    pytest.param("bi", "create schema s", id="bi makes no schema"),
    pytest.param("bi", "create table public.t (x int)", id="nor a table in public"),
    pytest.param("bi", "select audit.finish_run('r', 'published')", id="bi does not end runs"),
    pytest.param("bi", "set role bienban_owner", id="bi does not become another"),
    pytest.param("loader", "set role bienban_publisher", id="nor does loader"),
]  # fmt: skip

ALLOWED = [
    pytest.param("loader", "select count(*) from raw.articles", id="loader reads raw"),
    pytest.param("loader", "insert into audit.take_downs (article_sha256) values ('x')", id="loader writes take-downs"),
    pytest.param("loader", _RUN, id="loader opens a run"),
    pytest.param("transformer", "select text from raw.articles", id="dbt reads raw"),
    pytest.param("transformer", "create table staging.t (x int)", id="dbt makes staging"),
    pytest.param("validator", "select * from marts_candidate.made_later", id="the gate reads tables made later"),
    pytest.param("validator", "select * from intermediate.made_later", id="of all layers"),
    pytest.param("validator", "select text from raw.articles", id="and raw"),
    pytest.param("publisher", "select * from marts_candidate.made_later", id="publisher reads the candidate"),
    pytest.param("publisher", "create table marts.extra (x int)", id="publisher makes marts"),
    pytest.param("auditor", "select text from raw.articles", id="auditor reads articles"),
    pytest.param("auditor", "select * from marts.made_later", id="auditor reads marts"),
    pytest.param("auditor", "select * from audit.pipeline_runs", id="auditor reads audit"),
    pytest.param("bi", "select * from marts.made_later", id="bi reads marts made later"),
    pytest.param("bi", "select * from audit.published_versions", id="bi reads versions"),
]


@pytest.fixture
def made_later(warehouse: Settings) -> None:
    """A table in each schema that is made after the grants, by the schema's writer."""
    for role, schema in (
        ("transformer", "staging"),
        ("transformer", "intermediate"),
        ("transformer", "marts_candidate"),
        ("publisher", "marts"),
    ):
        with connect(role) as connection:
            connection.execute(sql.SQL("create table {}.made_later (x int)").format(sql.Identifier(schema)))


@pytest.mark.usefixtures("made_later")
@pytest.mark.parametrize(("role", "statement"), REFUSED)
def test_refused(role: str, statement: str) -> None:
    with connect(role) as connection, pytest.raises((InsufficientPrivilege, ReadOnlySqlTransaction)):
        connection.execute(statement)


@pytest.mark.usefixtures("made_later")
@pytest.mark.parametrize(("role", "statement"), ALLOWED)
def test_allowed(role: str, statement: str) -> None:
    with connect(role) as connection:
        connection.execute(statement)


def test_bi_cannot_run_for_ever() -> None:
    with connect("bi") as connection:
        assert connection.execute(
            "select setting || unit from pg_settings where name = 'statement_timeout'"
        ).fetchone() == (f"{int(BI_STATEMENT_TIMEOUT.removesuffix('s')) * 1000}ms",)


def test_a_right_given_by_hand_does_not_outlive_the_next_set_up(warehouse: Settings) -> None:
    with connect("owner") as connection:
        connection.execute("grant select on raw.articles to bienban_publisher")
    prepare_warehouse(warehouse, warehouse.admin_dsn())
    with connect("publisher") as connection, pytest.raises(InsufficientPrivilege):
        connection.execute("select text from raw.articles")


@pytest.mark.parametrize("role", ROLES)
def test_roles_need_their_password(role: str, warehouse: Settings) -> None:
    wrong = warehouse.dsn(role).replace(f":{warehouse.password(role)}@", ":wrong@")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


@pytest.mark.parametrize("database", ["airflow", "postgres"])
def test_roles_reach_the_warehouse_only(database: str, warehouse: Settings) -> None:
    for role in ROLES:
        elsewhere = warehouse.dsn(role).removesuffix("/bienban") + f"/{database}"
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(elsewhere)


def test_every_column_of_raw_and_audit_is_described() -> None:
    with connect("owner") as connection:
        bare = connection.execute(
            "select c.table_schema, c.table_name, c.column_name from information_schema.columns as c"
            " where c.table_schema in ('raw', 'audit') and coalesce(trim(col_description("
            " format('%I.%I', c.table_schema, c.table_name)::regclass, c.ordinal_position)), '') = ''"
        ).fetchall()
        tables = connection.execute(
            "select relname from pg_class where relkind = 'r'"
            " and relnamespace in ('raw'::regnamespace, 'audit'::regnamespace) and obj_description(oid) is null"
        ).fetchall()
    assert (bare, tables) == ([], [])


def test_a_warehouse_of_a_newer_package_is_refused_in_a_sentence(warehouse: Settings) -> None:
    with psycopg.connect(warehouse.dsn("owner")) as owner:
        owner.execute("update audit.schema_version set version_num = '9999_later'")
    with pytest.raises(SettingsError, match="newer bienban"):
        migrate(warehouse.dsn("owner"))
