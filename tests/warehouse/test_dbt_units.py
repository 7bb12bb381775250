"""dbt's own unit tests of the models: each rule of staging, intermediate and marts on rows made for it."""

from bienban.io.dbt import build_candidate, invoke
from bienban.settings import Settings


def test_every_rule_of_the_models(warehouse: Settings) -> None:
    build_candidate(config=warehouse)  # unit tests take the types of their inputs from the tables
    invoke(warehouse, ["test", "--select", "test_type:unit"])  # raises when one fails
