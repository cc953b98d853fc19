"""Queries that are answered with the safety box, or with where such things are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from search_pack import Page, write_pack

from content_pack import open_pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_pack.reader import Pack


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pack]:
    pages = [Page("guide-unsafe-now", "Someone may be harmed now", "guide", body="suicidal, bullying, safeguarding")]
    with open_pack(write_pack(tmp_path_factory.mktemp("signals") / "signals.ilsypack", pages)) as opened:
        yield opened


@pytest.mark.parametrize(
    "text",
    [
        "bullying", "my manager bullies me", "abuse in a care home", "not enough staff tonight",
        "working alone on nights", "carer rough with resident", "nurse smells of alcohol",
        "raise a concern anonymously", "I can’t cope", "want to hurt myself", "suicidle", "domestic violence",
        "gave the wrong drug", "pressured to change the record", "racist comments", "patient collapsed",
    ],
)  # fmt: skip
def test_somebody_may_be_harmed(pack: Pack, text: str) -> None:
    assert pack.search(text).notice == "unsafe"


@pytest.mark.parametrize(
    "text",
    [
        "paracetamol dose child", "NICE guideline asthma", "visiting policy", "rota for next week",
        "annual leave request", "forgot my password", "payslip", "printer not working", "mileage claim form",
        "how to insert a catheter", "normal potassium range", "antibiotics for a chest infection",
    ],
)  # fmt: skip
def test_it_is_found_somewhere_else(pack: Pack, text: str) -> None:
    assert pack.search(text).notice == "not-ours"


@pytest.mark.parametrize(
    "text",
    [
        "reduce missed doses", "violence reduction project", "suicide prevention project", "run chart",
        "patients keep falling", "handover slipped with the new rota", "people ignore the policy",
        "audit of the sepsis guideline", "nobody reads the posters", "shift change", "waiting times for clinic",
        "staff are tired of change", "medicines round takes too long", "speak up in meetings",
    ],
)  # fmt: skip
def test_improvement_is_left_alone(pack: Pack, text: str) -> None:
    assert pack.search(text).notice is None
