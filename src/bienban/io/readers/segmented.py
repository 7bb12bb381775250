"""Word-segmented text joined back: ``hội_nghị tổng_kết .`` was "hội nghị tổng kết."."""

import re

# Patterns begin with what is rare, so that the scan skips: a look-behind first costs a try at every letter.
_JOINED = re.compile(r"_(?<=[^\W_]_)(?=[^\W_])")
_LAST_JOINT = re.compile(r"_(?<=[^\W_]_)[^\W_]+(?!\w)")  # one per word, however many syllables
_CLOSERS = re.compile(r"[ \t]+(?=(?:[,.;:!?…)\]}%”’»]|\.\.\.)(?:\s|[,.;:!?…)\]}%”’»\"']|$))", re.MULTILINE)
_OPENERS = re.compile(r"([(\[{“‘«])[ \t]+")
_SLASH = re.compile(r" / (?<=\w / )(?=\w)")
_STRAIGHT_QUOTES = re.compile(r"([\"'])(?<!\S[\"'])[ \t]+([^\"'\n]*?)[ \t]+\1(?=\s|[,.;:!?…)]|$)", re.MULTILINE)
_LONG_ENOUGH = 3  # joined words before a text counts as segmented
_SHARE = 0.05  # of its blank-separated words; running Vietnamese has about 0.2
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_TITLE_CHARS = 300


def is_segmented(text: str) -> bool:
    """Whether words of several syllables are joined with underscores all over the text."""
    sample = text[:20_000]
    joined = len(_LAST_JOINT.findall(sample))
    return joined >= _LONG_ENOUGH and joined >= _SHARE * (sample.count(" ") + 1)


def join_words(text: str) -> str:
    """Blanks for underscores between syllables, none before closing and after opening marks.

    Lines and blank lines stay: they divide title, abstract and body.
    """
    text = _JOINED.sub(" ", text)
    text = _STRAIGHT_QUOTES.sub(r"\1\2\1", text)
    text = _OPENERS.sub(r"\1", text)
    text = _CLOSERS.sub("", text)
    return _SLASH.sub("/", text)


def headline(text: str) -> str | None:
    """The title of the layout title / blank line / abstract / blank line / body."""
    first = _BLANK_LINES.split(text.strip(), maxsplit=1)
    if len(first) == 2 and "\n" not in first[0] and len(first[0]) <= _TITLE_CHARS:
        return first[0].strip()
    return None
