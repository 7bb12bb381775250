"""Names as a tree of words: which names begin at a word is read off in one walk, without building a key."""

from collections.abc import Iterable

_NO_BRANCHES: dict[str, "NameTree"] = {}  # of most: names end there


class NameTree:
    """The names that go on after the words walked so far. Immutable once built."""

    __slots__ = ("branches", "name")

    def __init__(self) -> None:
        self.branches = _NO_BRANCHES
        self.name: str | None = None  # the name that ends here

    @classmethod
    def of(cls, names: Iterable[str]) -> "NameTree":
        """The tree of ``names``, keys with single blanks between their words."""
        root = cls()
        for name in names:
            tree = root
            for word in name.split(" "):
                branch = tree.branches.get(word)
                if branch is None:
                    if tree.branches is _NO_BRANCHES:
                        tree.branches = {}
                    branch = tree.branches[word] = cls()
                tree = branch
            tree.name = name
        return root
