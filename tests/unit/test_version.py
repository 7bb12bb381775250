import re
from importlib import resources

from bienban.version import _files, extractor_version


def test_the_version_names_the_package_and_a_digest():
    assert re.fullmatch(r"\d+\.\d+\.\d+\+[0-9a-f]{12}", extractor_version())


def test_the_digest_covers_code_lexicons_and_register():
    names = {name for name, _ in _files(resources.files("bienban"), "")}
    assert {"events.py", "lexicon/bodies.yml", "register/store.py"} <= names
    assert any(name.startswith("register/data/") for name in names)
    assert not any(name.startswith("io/") for name in names)
