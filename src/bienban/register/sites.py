"""Which province an official web site belongs to: "hamyen.tuyenquang.gov.vn", "baoquangninh.vn"."""

from functools import lru_cache

from bienban.register.store import load

# Hosts that are not the province's name written together.
_OTHER = {
    "hochiminhcity": "p79", "tphcm": "p79", "hcmcity": "p79", "brvt": "p77", "bariavungtau": "p77",
    "baria-vungtau": "p77", "thuathienhue": "p46", "hue": "p46",
}  # fmt: skip


def province_id_of_host(host: str) -> str | None:
    """The id of the province (in its oldest form) named by a label of ``host``; None when none is."""
    labels = host.lower().removeprefix("www.").split(".")
    for label in reversed(labels):
        for name in (label, label.removeprefix("bao")):
            if found := _OTHER.get(name) or _by_label().get(name):
                return found
    return None


@lru_cache(maxsize=1)
def _by_label() -> dict[str, str]:
    found: dict[str, str] = {}
    for version in load().versions():
        if version.unit.level == "province":
            plain = load().plain_name(version.row).replace(" ", "")
            found.setdefault(plain, version.unit.unit_id)
    return found
