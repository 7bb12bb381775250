"""What a reader yields: a record as the dump holds it, or a rejection with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

EXCERPT_BYTES = 500


class Reason(StrEnum):
    """Why a record could not be read. Closed: ``raw.rejected_records`` checks it."""

    BINARY = "binary"  # no text at all
    EMPTY_TEXT = "empty_text"
    ENCRYPTED = "encrypted"  # a member that wants a password
    EXPANDS_TOO_FAR = "expands_too_far"  # a bomb: ratio or size past the limits
    HTTP_ERROR = "http_error"  # the server had no page: 404, 500, a redirection
    INVALID_ENCODING = "invalid_encoding"
    INVALID_JSON = "invalid_json"
    INVALID_RECORD = "invalid_record"  # a row, document or web record that its format does not allow
    LONE_SURROGATE = "lone_surrogate"
    NO_TEXT = "no_text"  # an object without a text field
    NOT_A_PAGE = "not_a_page"  # a response or a file that is neither HTML nor plain text
    NOT_AN_OBJECT = "not_an_object"
    TAKEN_DOWN = "taken_down"  # its text was taken down and stays out
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"  # the compressed stream ends early or is damaged
    UNSAFE_PATH = "unsafe_path"  # a member that points outside of its archive


class SourceError(Exception):
    """Nothing of a source can be read; the message says which source, why, and what to do."""


class NoText(Exception):
    """Columns are told once for all records, and none of them could be the text."""

    def __init__(self, held: Iterable[str]) -> None:
        names = ", ".join(escaped(name) for name in held)
        super().__init__(f"no text among the columns {names}: name it with --map text=COLUMN")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One article as the dump holds it: decoded characters, line ends kept, nothing corrected."""

    locator: str  # enough to find the record in its dump file again; never empty
    id: str  # the record's own id, or the file's name without .txt
    text: str
    title: str | None = None
    url: str | None = None
    published_at: datetime | None = None  # aware
    published_at_source: str | None = None  # the field or file that gave it
    crawled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """One record that could not be read."""

    locator: str
    reason: Reason
    detail: str
    excerpt: str  # first bytes, escaped: no control character, no NUL


def escaped(data: bytes | str) -> str:
    """The first 500 bytes, safe to print and to store: what is no printable character is escaped."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    shown = data[:EXCERPT_BYTES].decode("utf-8", "backslashreplace")
    return "".join(
        char if char.isprintable() or char == " " else char.encode("unicode_escape").decode() for char in shown
    )
