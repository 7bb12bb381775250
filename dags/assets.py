"""Every asset that the DAGs announce, named layer.table."""

from airflow.sdk import Asset

RAW_ARTICLES = Asset("raw.articles", group="raw")
MARTS = Asset("marts.fct_metrics", group="marts")
