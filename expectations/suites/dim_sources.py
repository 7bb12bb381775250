"""Publishers: host names."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToMatchRegex(
        column="site",
        regex=r"^[^/\\s]{1,253}$",
        severity="critical",
        notes="A host name has no slash and no blank: with one, an address was not taken apart.",
    ),
]
