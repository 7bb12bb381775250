"""Main text of a thousand generated pages, against the libraries alone: `python -m bench.main_text`."""

import time
from collections.abc import Callable

import trafilatura
from resiliparse.extract.html2text import extract_plain_text

from bienban.io.readers.pages import read_page
from tests.unit.io.dumps_made import articles, html_of
from tests.unit.io.pages_made import token_f1

_ARTICLES = articles()
_PAGES = [html_of(made, number).decode() for number, made in enumerate(_ARTICLES)]


def _resiliparse(page: str) -> str:
    return extract_plain_text(page, preserve_formatting=True, main_content=True, list_bullets=False, alt_texts=False)


def _trafilatura(page: str) -> str:
    return trafilatura.extract(page, include_comments=False) or ""


def _fast(page: str) -> str:
    return trafilatura.extract(page, include_comments=False, fast=True) or ""


_WAYS: dict[str, Callable[[str], str]] = {
    "bienban": lambda page: read_page(page).text,
    "resiliparse": _resiliparse,
    "trafilatura": _trafilatura,
    "trafilatura, fast": _fast,
}

print(f"{'':20} {'token F1':>9} {'pages of 0.95':>14} {'ms a page':>10}")
for name, way in _WAYS.items():
    start = time.process_time()
    texts = [way(page) for page in _PAGES]
    each = 1000 * (time.process_time() - start) / len(_PAGES)
    scores = [token_f1(text, made.text) for text, made in zip(texts, _ARTICLES, strict=True)]
    share = sum(score >= 0.95 for score in scores) / len(scores)
    print(f"{name:20} {sum(scores) / len(scores):9.3f} {share:14.3f} {each:10.2f}")
