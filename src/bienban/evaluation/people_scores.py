"""People against gold: who is found, in which role, with which positions."""

from typing import Any

from bienban.evaluation.comparing import person_name, written_out

Person = dict[str, Any]


def everyone(meeting: dict[str, Any]) -> list[Person]:
    """Chairs with role "chair", then participants; nobody twice."""
    people: dict[str, Person] = {}
    for chair in meeting.get("chairs") or []:
        people.setdefault(person_name(chair.get("name")), {**chair, "role": "chair"})
    for person in meeting.get("participants") or []:
        people.setdefault(person_name(person.get("name")), person)
    people.pop("", None)
    return list(people.values())


def match(
    gold: list[Person], predicted: list[Person]
) -> tuple[list[tuple[Person, Person]], list[Person], list[Person]]:
    """Pairs by name, then who was required and missed, then who was named falsely."""
    free = list(predicted)
    pairs: list[tuple[Person, Person]] = []
    missed: list[Person] = []
    for person in gold:
        names = {person_name(person.get("name")), *(person_name(name) for name in person.get("spelled", []))}
        found = next((other for other in free if person_name(other.get("name")) in names), None)
        if found is not None:
            free.remove(found)
            pairs.append((person, found))
        elif not person.get("optional"):
            missed.append(person)
    return pairs, missed, free


def match_positions(gold: list[str], predicted: list[str]) -> tuple[int, int, int]:
    """Right, false and missed positions: equal ones first, then a start of one another of at least half the words."""
    wanted, said = [written_out(p) for p in gold], [written_out(p) for p in predicted]
    right = 0
    for is_same in (lambda a, b: a == b, _begins):
        for position in list(wanted):
            other = next((s for s in said if is_same(position, s)), None)
            if other is not None:
                wanted.remove(position)
                said.remove(other)
                right += 1
    return right, len(said), len(wanted)


def _begins(one: str, other: str) -> bool:
    sizes = sorted((len(one.split()), len(other.split())))
    return (
        sizes[0] > 0
        and 2 * sizes[0] >= sizes[1]
        and (f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} "))
    )
