"""The rows inside one object of JSON: of a database's export, of an interface's page, of a table by its columns."""

from typing import Any

from bienban.io.readers.columns import Columns, is_column, places

Rows = list[tuple[str, Any]]  # each with its place

DEEPEST = 6  # objects in one another; exports have two or three, and what is deeper was written to do harm
_MOST_COLUMNS = 1000
_OF_ARTICLES = ("id", "title", "url", "published_at")


def rows_of(value: Any, place: str, columns: Columns, depth: int = 0) -> Rows:
    """What an object holds that is no record itself; none where it is one.

    Arrays and objects in which there are texts beside something else that articles have, a row each; where the object
    has a title, rows have one, too: comments have none. A table by its columns (all as long as the texts), or by rows
    under the names of its columns. Locators: ``<place>/<field>:<index>``.
    """
    if depth > DEEPEST or not isinstance(value, dict):
        return []
    if places(tuple(value), columns["text"]):
        return _by_columns(value, place, columns)
    is_titled = bool(places(tuple(value), columns["title"]))
    found = _by_names(value, place, columns)
    for field, told in enumerate(value.values()):
        at = f"{place}/{field}"
        rows = [(f"{at}:{index}", each) for index, each in enumerate(told)] if isinstance(told, list) else [(at, told)]
        held = [rows_of(row, inner, columns, depth + 1) for inner, row in rows]
        if any(held) or any(is_record(row, columns, is_titled=is_titled) for _, row in rows):
            for row, inside in zip(rows, held, strict=True):
                found += inside or [row]
    return found


def is_record(value: Any, columns: Columns, *, is_titled: bool = False) -> bool:
    """Whether an object has a text and something else that articles have: many things have a "body".

    ``is_titled``: that must be a title.
    """
    if not isinstance(value, dict):
        return False
    names = tuple(value)
    wanted = ("title",) if is_titled else _OF_ARTICLES
    return bool(places(names, columns["text"])) and any(places(names, columns[field]) for field in wanted)


def _by_columns(value: dict[str, Any], place: str, columns: Columns) -> Rows:
    """Of ``{"id": [1, 2], "text": ["A", "B"]}``, or with an object of values by their numbers for each column."""
    found = {field: places(tuple(value), columns[field])[:1] for field in ("text", *_OF_ARTICLES)}
    known = [(key, inner) for each in found.values() for _, key, inner in each]
    texts = value[known[0][0]]
    if len(known) < 2 or any(inner for _, inner in known) or not isinstance(texts, (list, dict)):
        return []
    told = {key: each for key, each in value.items() if type(each) is type(texts) and len(each) == len(texts)}
    names = range(len(texts)) if isinstance(texts, list) else list(texts)
    if any(key not in told for key, _ in known) or not all(str(name).isdigit() for name in names):
        return []
    at = f"{place}/{list(value).index(known[0][0])}"
    rows = [{key: _at(each, name) for key, each in told.items()} for name in names]
    return [(f"{at}:{index}", row) for index, row in enumerate(rows)]


def _at(column: list[Any] | dict[str, Any], name: Any) -> Any:
    return column.get(name) if isinstance(column, dict) else column[name]


def _by_names(value: dict[str, Any], place: str, columns: Columns) -> Rows:
    """Of ``{"columns": ["id", "text"], "data": [[1, "A"], [2, "B"]]}``."""
    lists = [each for each in value.values() if isinstance(each, list)]
    names = next((each for each in lists if _name_texts(each, columns)), None)
    if names is None:
        return []
    return [
        (f"{place}/{field}:{index}", dict(zip(names, row, strict=True)))
        for field, rows in enumerate(value.values())
        if isinstance(rows, list) and rows is not names
        for index, row in enumerate(rows)
        if isinstance(row, list) and len(row) == len(names)
    ]


def _name_texts(names: list[Any], columns: Columns) -> bool:
    are_names = 1 < len(names) <= _MOST_COLUMNS and all(isinstance(name, str) for name in names)
    return are_names and any(is_column(name, columns["text"]) for name in names)
