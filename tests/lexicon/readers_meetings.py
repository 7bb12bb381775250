"""How the examples of bodies, people, documents and session types are read back."""

from readers import holds_a_form

from bienban.bodies import find_bodies
from bienban.bylines import find_byline
from bienban.candidates import is_candidate
from bienban.date_lines import is_date_line
from bienban.documents import find_documents
from bienban.layout import Layout, Paragraph, PartKind
from bienban.lexicon import Entry, lowered
from bienban.people import find_people
from bienban.records import Article, Person, Span
from bienban.sessions import session_types
from bienban.text import modern


def sentence(text: str, kind: PartKind = "body") -> tuple[Article, Layout]:
    article = Article(id="example", text=text)
    span = Span(0, len(article.normal.text))
    return article, Layout(paragraphs=(Paragraph(span=span, kind=kind, text=article.normal.text),))


def boilerplate(entry: Entry, text: str, value: str) -> None:
    if entry.key in ("stamps", "counters"):
        assert is_date_line(lowered(modern(text)))
    else:
        holds_a_form(entry, text, value)


def not_boilerplate(entry: Entry, text: str, value: str) -> None:
    assert entry.key != "stamps" or not is_date_line(lowered(modern(text)))


def people_of(text: str) -> list[Person]:
    return find_people(*sentence(text))


def bylines(entry: Entry, text: str, value: str) -> None:
    found = find_byline(*sentence(text, "byline"))
    authors = found.authors if found else ()
    assert "; ".join(authors) == ("" if entry.key == "borrowed" else value)


def documents(entry: Entry, text: str, value: str) -> None:
    assert "; ".join(f"{found.kind} {found.number}" for found in find_documents(*sentence(text))) == value


def not_documents(entry: Entry, text: str, value: str) -> None:
    assert not find_documents(*sentence(text))


def candidates(entry: Entry, text: str, value: str) -> None:
    assert is_candidate(text)


def not_candidates(entry: Entry, text: str, value: str) -> None:
    assert not is_candidate(text)


def bodies(entry: Entry, text: str, value: str) -> None:
    normal = modern(text)
    found = list(find_bodies(normal, lowered(normal)))
    assert found
    if entry.key == "central":
        assert found[0].is_central


def not_bodies(entry: Entry, text: str, value: str) -> None:
    normal = modern(text)
    found = list(find_bodies(normal, lowered(normal)))
    assert not [body for body in found if entry.key != "central" or body.is_central]


def names_of_people(entry: Entry, text: str, value: str) -> None:
    assert value in [person.name for person in people_of(text)]


def no_people(entry: Entry, text: str, value: str) -> None:
    assert not people_of(text)


def roles(entry: Entry, text: str, value: str) -> None:
    assert (value, entry.key) in [(person.name, person.role) for person in people_of(text)]


def sessions(entry: Entry, text: str, value: str) -> None:
    assert value in session_types("", None, lowered(modern(text)))
