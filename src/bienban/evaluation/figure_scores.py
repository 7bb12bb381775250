"""Figures against gold: which belong together, and what of each is right."""

from typing import Any

from bienban.evaluation.comparing import agree, plain, words

Figure = dict[str, Any]
ATTRIBUTES = ("qualifier", "counted", "unit", "per", "status", "period", "of", "span")


def pair(gold: list[Figure], predicted: list[Figure]) -> list[tuple[int, int]]:
    """Positions that belong together, one to one: overlapping spans first, then equal values.

    Where several compete: equal value, required before optional, the larger overlap, the earlier.
    """
    rivals = [
        ((same_value(g, p), not g.get("optional"), _overlap(g, p) / _longer(g, p), -i, -j), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if _overlap(g, p) > 0
    ]
    pairs: dict[int, int] = {}
    for _, i, j in sorted(rivals, reverse=True):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    for i in sorted(range(len(gold)), key=lambda i: bool(gold[i].get("optional"))):
        if i in pairs:
            continue
        free = [j for j, p in enumerate(predicted) if j not in pairs.values() and same_value(gold[i], p)]
        if free:
            pairs[i] = max(free, key=lambda j: (_counted(gold[i], predicted[j]), _unit(gold[i], predicted[j]), -j))
    return sorted(pairs.items())


def same_value(gold: Figure, predicted: Figure) -> bool:
    """Whether low and high are equal."""
    return all(_close(gold.get(key), predicted.get(key)) for key in ("low", "high"))


def attributes(gold: Figure, predicted: Figure) -> dict[str, bool]:
    """Which of ATTRIBUTES agree, for two figures of equal value."""
    return {
        "qualifier": predicted.get("qualifier") in [gold.get("qualifier"), *gold.get("qualifier_alt", [])],
        "counted": _counted(gold, predicted),
        "unit": _unit(gold, predicted),
        "per": (gold.get("per") or None) == (predicted.get("per") or None),
        "status": gold.get("status") == predicted.get("status"),
        "period": tuple(gold.get("period") or ()) == tuple(predicted.get("period") or ()),
        "of": gold.get("of") == predicted.get("of"),
        "span": 2 * _overlap(gold, predicted) >= _union(gold, predicted) > 0 and _overlap(gold, predicted) > 0,
    }


def _counted(gold: Figure, predicted: Figure) -> bool:
    said = words(predicted.get("counted"))
    wanted = [words(noun) for noun in (gold.get("counted"), *gold.get("counted_alt", []))]
    return any(agree(noun, said) and len(said.split()) <= 2 * len(noun.split()) + 1 for noun in wanted)


def _unit(gold: Figure, predicted: Figure) -> bool:
    return plain(gold.get("unit")).replace("other: ", "other:") == plain(predicted.get("unit")).replace(
        "other: ", "other:"
    )


def _close(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return False
    return abs(float(one) - float(other)) <= 1e-9 * max(1.0, abs(float(one)), abs(float(other)))


def _overlap(gold: Figure, predicted: Figure) -> int:
    (a, b), (c, d) = gold["span"], predicted["span"]
    return int(min(b, d) - max(a, c))


def _union(gold: Figure, predicted: Figure) -> int:
    (a, b), (c, d) = gold["span"], predicted["span"]
    return int(max(b, d) - min(a, c))


def _longer(gold: Figure, predicted: Figure) -> int:
    (a, b), (c, d) = gold["span"], predicted["span"]
    return int(max(b - a, d - c))
