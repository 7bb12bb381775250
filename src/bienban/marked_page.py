"""One article as a page for people: its text with every find marked, and the finds in a list beside it.

The text is hostile: everything is escaped, the page runs no script and fetches nothing, and what would
not show (controls, marks of writing direction) is shown as its code point.

Not here: finding (``extract.py``), marking (``marking.py``), the shape of a record (``export.py``),
files (``io/pages.py``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from bienban.marking import Mark, marked, shown, visible

_LABELS = {
    "meeting": "Cuộc họp · meeting",
    "chair": "Chủ trì · chair",
    "person": "Người dự · person",
    "document": "Văn bản · document",
    "figure": "Số liệu · figure",
    "byline": "Tác giả · byline",
}
_COLOURS = {
    "meeting": "#dfe7f5",
    "chair": "#ffd9b8",
    "person": "#ffeccc",
    "document": "#d9f2d9",
    "figure": "#fff59d",
    "byline": "#eadcf5",
}
_SHOWN_APART = frozenset({"span", "quote", "rule", "confidence", "chairs", "participants"})
_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;margin:0 auto;max-width:78rem;padding:1rem;color:#1a1a1a;background:#fff}"
    "main{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:2rem}"
    "@media(max-width:60rem){main{display:block}}"
    "article{white-space:pre-wrap;overflow-wrap:anywhere}mark a{color:inherit;text-decoration:underline dotted}"
    "mark{color:inherit;padding:.1em 0;border-radius:.2em}"
    "mark:target,li:target{outline:3px solid #b3261e}li{margin-bottom:.8rem;overflow-wrap:anywhere}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:0 .8rem;margin:.2rem 0;font-size:.85rem}dd{margin:0}"
    ".unseen{background:#eee;font-size:.7em;border:1px solid #999}a{color:#0b57d0}"
    "@media print{main{display:block}a{color:inherit}}"
) + "".join(f".{kind}{{background:{colour}}}" for kind, colour in _COLOURS.items())


@dataclass(frozen=True, slots=True)
class _Find:
    kind: str
    start: int
    end: int
    values: Mapping[str, Any]


def marked_page(text: str, found: Mapping[str, Any]) -> str:
    """A whole HTML document. ``found`` is the contract's object of the article whose text is given."""
    finds = sorted(_finds(found), key=lambda find: (find.start, -find.end, find.kind))
    name = escape(visible(str(found["id"])))
    verdict = "là tin về một cuộc họp · a meeting report" if found["is_meeting_report"] else "không phải · no report"
    marks = [Mark(each.kind, each.start, each.end, f"t{n}", f"#f{n}") for n, each in enumerate(finds)]
    items = "".join(_item(number, find, text) for number, find in enumerate(finds))
    return (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{name}</title><style>{_STYLE}</style></head><body>"
        f"<header><h1>{name}</h1><p>{verdict} ({found['confidence']:.2f}). {_legend()}</p></header>"
        f'<main><article aria-label="Văn bản · text">{"".join(marked(text, marks))}</article>'
        f'<section aria-label="Kết quả · finds"><ol>{items}</ol></section></main></body></html>\n'
    )


def _finds(found: Mapping[str, Any]) -> Iterator[_Find]:
    meeting = found["meeting"]
    if meeting is not None:
        yield _find("meeting", meeting)
        yield from (_find("chair", person) for person in meeting["chairs"])
        yield from (_find("person", person) for person in meeting["participants"])
    yield from (_find("document", document) for document in found["documents"])
    yield from (_find("figure", figure) for figure in found["figures"])
    if "span" in found["byline"]:
        yield _find("byline", found["byline"])


def _find(kind: str, record: Mapping[str, Any]) -> _Find:
    start, end = record["span"]
    return _Find(kind, start, end, record)


def _item(number: int, find: _Find, text: str) -> str:
    quote = shown(text[find.start : find.end])
    rows = "".join(
        f"<dt>{escape(key)}</dt><dd>{shown(_told(value))}</dd>"
        for key, value in find.values.items()
        if key not in _SHOWN_APART and value not in (None, [], False)
    )
    origin = f"{escape(str(find.values['rule']))} · {find.values['confidence']:.2f} · {find.start}–{find.end}"
    return (
        f'<li id="f{number}"><span class="{find.kind}">{_LABELS[find.kind]}</span> '
        f'<a href="#t{number}">“{quote}”</a><dl>{rows}<dt>rule</dt><dd>{origin}</dd></dl></li>'
    )


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_told(inner)}" for key, inner in value.items() if inner is not None)
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    return str(value)


def _legend() -> str:
    return " ".join(f'<span class="{kind}">{label}</span>' for kind, label in _LABELS.items())
