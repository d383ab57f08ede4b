"""The layouts that invented filings are drawn in, each with what it prints and what it asks of the facts."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.samples.facts import FilingFact
from tests.samples.forms import Draw
from tests.samples.layouts.flat import draw_many, draw_sichuan, draw_split, shuffled
from tests.samples.layouts.hebei import draw_hebei, draw_hebei_one, draw_hebei_unbroken
from tests.samples.layouts.national import draw_hunan, draw_mof, draw_poverty, draw_prefixed
from tests.samples.layouts.other import (
    as_department,
    draw_department,
    draw_graded,
    draw_hubei,
    draw_shanghai,
    public_satisfaction,
    reflecting,
    starred,
    unchanged,
    with_bracketed_units,
    without_levels,
)
from tests.samples.layouts.periods import draw_two_period
from tests.samples.layouts.scored import draw_chongqing, draw_score_first, draw_self_evaluation, with_parents

Adapt = Callable[[Random, FilingFact], FilingFact]


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout: how it is drawn, the optional fields it prints, where it may state the money unit.

    ``columns``: targets must fit sign, value and unit columns; ``adapts`` by variant changes the facts to the form's
    habits; ``split_targets``: the target's text is scored for dates, grades and texts only.
    """

    draw: Draw
    prints: frozenset[str]
    units: tuple[str, ...] = ("note", "label", "cell")
    taxonomies: tuple[int, ...] = (2015,)
    money_units: tuple[str, ...] = ("万元", "万元", "元")
    columns: bool = False
    landscape: bool = False
    adapts: tuple[Adapt, ...] = (unchanged,)
    most_projects: int = 5
    narrative: bool = False


_HEBEI = frozenset({"code", "budget", "fiscal", "other", "purpose", "plan", "goals", "description", "basis"})
_NATIONAL = frozenset({"budget", "fiscal", "other", "goals"})
_EVALUATION = frozenset({"budget", "fiscal", "goals", "actual", "weight"})

LAYOUTS: dict[str, Layout] = {
    "hebei": Layout(draw_hebei, _HEBEI, ("note", "note", "cell"), narrative=True),
    "hebei_nobreak": Layout(draw_hebei_unbroken, _HEBEI, ("note",), most_projects=7),
    "hebei_one": Layout(draw_hebei_one, _HEBEI - {"other"}, ("note", "cell")),
    "mof": Layout(draw_mof, _NATIONAL),
    "prefixed": Layout(draw_prefixed, _NATIONAL),
    "poverty": Layout(draw_poverty, _NATIONAL, adapts=(starred,)),
    "hunan": Layout(
        draw_hunan,
        frozenset({"code", "budget", "fiscal", "goals", "basis"}),
        adapts=(unchanged, public_satisfaction),
    ),
    "split": Layout(
        draw_split, frozenset({"code", "budget", "goals", "weight"}), columns=True, taxonomies=(2015, 2021)
    ),
    "sichuan": Layout(
        draw_sichuan,
        frozenset({"budget", "goals", "weight"}),
        ("note", "label"),
        money_units=("元",),
        columns=True,
        landscape=True,
        adapts=(shuffled,),
        most_projects=6,
    ),
    "many": Layout(draw_many, frozenset({"code", "budget", "goals", "description"}), landscape=True, most_projects=8),
    "chongqing": Layout(
        draw_chongqing,
        frozenset({"budget", "fiscal", "goals", "description", "weight"}),
        ("note", "label", "cell", "missing"),
        taxonomies=(2021, 2021, 2015),
    ),
    "selfeval": Layout(draw_self_evaluation, _EVALUATION, landscape=True, taxonomies=(2015, 2021)),
    "score_first": Layout(draw_score_first, _EVALUATION, landscape=True, adapts=(unchanged, unchanged, with_parents)),
    "two_period": Layout(
        draw_two_period, frozenset({"budget", "goals"}), ("note", "label", "cell", "missing"), landscape=True
    ),
    "shanghai": Layout(
        draw_shanghai,
        frozenset({"budget", "fiscal", "goals", "purpose"}),
        ("note", "cell"),
        taxonomies=(2021,),
        adapts=(with_bracketed_units,),
    ),
    "hubei": Layout(
        draw_hubei,
        frozenset({"code", "budget", "fiscal", "goals", "description"}),
        ("note", "cell"),
        adapts=(reflecting,),
    ),
    "graded": Layout(
        draw_graded,
        frozenset({"budget", "goals", "purpose"}),
        ("note", "cell"),
        landscape=True,
        adapts=(without_levels,),
    ),
    "department": Layout(
        draw_department, frozenset({"budget", "fiscal", "goals"}), ("note", "cell"), adapts=(as_department,)
    ),
}
