"""What a failed expectation shows of its rows: keys, numbers, days and codes, never words of an article.

Everybody who reads the audit, the Data Docs, a log or an alert reads these samples, also those who may
not read articles. The key leads whoever may to the words.
"""

import re
from typing import Any

from psycopg import sql
from psycopg.rows import dict_row

from bienban.io.database import connect

SAMPLE_SIZE = 10  # rows that the audit keeps of a failure

_IDENTIFIERS = re.compile(r"(^|_)(key|id|version|locator|learned_from|shown_article_id)$|_key$|_id$|_version$")
_KEY_FORM = re.compile(r"[\w.:+/# -]{1,200}", re.ASCII)
_CODE_FORM = re.compile(r"[a-z0-9_.:%>\- ]{1,80}")
_CODES = re.compile(r"_code$|^(reference|list|key_column|column_id|fault)$")


def rows_of(query: str, schema: str, table: str) -> list[dict[str, Any]]:
    """Some of the rows that an expectation in SQL found; its result holds their number only."""
    name = sql.Identifier(schema, table)
    with connect("validator") as connection, connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(sql.SQL(query + "\nlimit {}").format(SAMPLE_SIZE, batch=name)).fetchall()


def without_words(value: Any, column: str = "") -> Any:
    """The same with every text that could be an article's replaced by its length; days, ids and decimals as text."""
    if isinstance(value, dict):
        return {str(name): without_words(each, str(name)) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [without_words(each, column) for each in value]
    if value is None or isinstance(value, bool | int):
        return value
    if not isinstance(value, str):
        return str(value)
    is_told = (_IDENTIFIERS.search(column) and _KEY_FORM.fullmatch(value)) or (
        _CODES.search(column) and _CODE_FORM.fullmatch(value)
    )
    return value if is_told else f"({len(value)} characters)"
