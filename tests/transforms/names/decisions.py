"""Decisions about names, as tests write them."""

from transforms.names.terms import Term, Terms, decide


def accept(terms: Terms, raw: str, canonical: str, level2_group: str = "", unit_family: str = "") -> Terms:
    """Confirm that a name means ``canonical``."""
    return decide(terms, Term(raw, canonical, "accept", level2_group, unit_family))


def reject(terms: Terms, raw: str, canonical: str = "", level2_group: str = "", unit_family: str = "") -> Terms:
    """Say that a name is not what it was taken for (``canonical``): it stays by itself from now on."""
    return decide(terms, Term(raw, canonical, "reject", level2_group, unit_family))


def rename(terms: Terms, raw: str, canonical: str, level2_group: str = "", unit_family: str = "") -> Terms:
    """Give a name the county's own name."""
    return decide(terms, Term(raw, canonical, "rename", level2_group, unit_family))
