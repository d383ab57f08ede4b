"""What kind of project a project is: its name without year, marks and place, in one wording, as the county calls it."""

from functools import lru_cache

from transforms.names.concepts import category_in_one_wording
from transforms.names.projects import read_project_name
from transforms.names.terms import NO_TERMS, Terms


def name_project(name: str, county: str | None, township: str | None, terms: Terms = NO_TERMS) -> str:
    """Give a project's category, by which projects of several filers are compared.

    The filing's own place leaves the name; the county's terms are about the category that is left, in any wording.
    """
    category = _category(name, county, township)
    return terms.find_project(category) or category


@lru_cache(maxsize=16384)
def _category(name: str, county: str | None, township: str | None) -> str:
    places = tuple(place for place in (county, township) if place)
    return category_in_one_wording(read_project_name(name, places).category or name)
