"""Right, false and missed answers of one field, and what follows from them."""

from dataclasses import dataclass
from typing import Literal

Measure = Literal["f1", "accuracy"]


@dataclass(slots=True)
class Tally:
    """Counts of one field. For an accuracy a wrong answer is both false and missed."""

    measure: Measure = "f1"
    right: int = 0
    false: int = 0
    missed: int = 0

    def add(self, right: int, false: int, missed: int) -> None:
        """Add the counts of one article."""
        self.right += right
        self.false += false
        self.missed += missed

    def answer(self, is_right: bool, is_given: bool = True) -> None:
        """Add one question's answer."""
        self.add(int(is_right), int(is_given and not is_right), int(not is_right))

    @property
    def precision(self) -> float:
        """Share of the answers given that are right; 1.0 when there was nothing to say and nothing was said."""
        given = self.right + self.false
        return self.right / given if given else float(not self.missed)

    @property
    def recall(self) -> float:
        """Share of the answers asked for that are right."""
        asked = self.right + self.missed
        return self.right / asked if asked else float(not self.false)

    @property
    def f1(self) -> float:
        """Harmonic mean of both; 1.0 when there was nothing at all."""
        both = 2 * self.right + self.false + self.missed
        return 2 * self.right / both if both else 1.0

    @property
    def score(self) -> float:
        """The field's figure: accuracy or F1."""
        return self.recall if self.measure == "accuracy" else self.f1
