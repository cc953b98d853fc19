"""What somebody who types into the search box gets."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from search_pack import Page, write_pack

from content_pack import open_pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from content_pack.reader import Pack
    from content_pack.results import SearchPage

PAGES = [
    Page(
        "run-chart", "See whether it gets better", code="T75", method="Run chart",
        aliases=["Time series with median"], people_say=["is it getting better or just chance"],
        summary="Plot a measure over time and use rules to spot real change.",
        body="Draw a line for the median. A run chart needs ten points. Improvements show as a shift.",
        stages="measure", minutes=(10, 15),
    ),
    Page(
        "spc-chart", "Tell routine from unusual", code="T76", method="Control chart",
        aliases=["SPC", "Statistical process control"], level="intermediate",
        summary="Limits from the data show what is unusual.",
        body="A control chart needs more points than a run chart. Behaviour of the process shows here.",
        stages="measure", minutes=(30, 60),
    ),
    Page(
        "fishbone", "Find the causes", code="T24", method="Fishbone diagram", aliases=["Ishikawa"],
        summary="Sort possible causes of one problem into families.",
        body="Draw the fishbone on the wall with everyone in the organisation who does the work.",
        stages="start", minutes=(45, 60),
    ),
    Page(
        "five-whys", "Ask why, again and again", code="T25", method="Five whys",
        summary="Ask why repeatedly.", body="Beware of a single story. Goes deeper on one bone of a fishbone.",
        stages="start", minutes=(20, 30),
    ),
    Page(
        "pdsa", "Try it small", code="T89", method="Plan, do, study, act (PDSA)",
        people_say=["we changed everything at once"],
        summary="Test one idea small, predict first, then compare and decide.",
        body="Write down what you expect. Then try with one patient and look.",
        stages="test", minutes=(15, 15),
    ),
    Page(
        "team-roles", "Agree who does what", code="T7", method="Team roles and ground rules",
        summary="Pick the mix of people.", body="A team needs a leader and a patient.", stages="start",
    ),
    Page(
        "co-production-ladder", "Choose how much say patients have", code="T46", method="Involvement ladder",
        aliases=["Co-production levels"], summary="Choose openly how much say patients and carers have.",
        body="The café is a good place for a patient's story. Co-production is a promise.", stages="start",
    ),
    Page(
        "sbar", "Hand over in a fixed order", code="T106", method="SBAR", people_say=["nobody rings back"],
        summary="A short order of words for a handover.",
        body="Say who you are. Handover takes five minutes. The doctor can attend sooner.", stages="test",
    ),
    Page(
        "text-reminders", "Words that bring people to clinic", "example", "E9", outcome="worked",
        summary="A reworded text, and fewer people stayed away.", setting="outpatients", organisation="barnsley",
        body="People who did not attend cost money. The text named the cost of a missed appointment.",
        lesson="Say what a missed visit costs.", place="A hospital in London",
        record={"crosses_organisations": False},
    ),
    Page(
        "bundle-falls", "Six actions against falls", "example", "E58", outcome="did-not-work",
        summary="Just as many patients fell.", setting="acute-ward", organisation="sheffield",
        body="The wards took six actions three times as often. Falls stayed level. See pressure ulcers too.",
        lesson="Look at the falls as well as the forms.", place="24 wards in Australia",
        record={"crosses_organisations": True, "tools": ["pdsa"]},
    ),
    Page(
        "guide-unsafe-now", "Someone may be harmed now", "guide", "G1", aliases=["bullying"],
        summary="Tell the person in charge.", body="Leave this screen and act.",
    ),
]  # fmt: skip
LABELS = [
    ("setting", "acute-ward", 0, "Hospital wards", ""),
    ("setting", "outpatients", 1, "Clinics and outpatients", ""),
    ("organisation", "sheffield", 0, "Sheffield Teaching Hospitals", "South Yorkshire"),
    ("organisation", "barnsley", 1, "Barnsley Hospital", "South Yorkshire"),
]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pack]:
    with open_pack(write_pack(tmp_path_factory.mktemp("search") / "small.ilsypack", PAGES, LABELS)) as opened:
        yield opened


def slugs(page: SearchPage) -> list[str]:
    return [hit.slug for hit in page.hits]


def found(pack: Pack, text: str) -> list[str]:
    """The pages that answer every word."""
    return [hit.slug for hit in pack.search(text, limit=50).hits if hit.complete]


def test_pages_with_every_word_come_first_and_the_others_follow(pack: Pack) -> None:
    page = pack.search("control chart", limit=50)
    complete = [hit.complete for hit in page.hits]
    assert slugs(page)[0] == "spc-chart"
    assert "run-chart" in slugs(page)
    assert complete == sorted(complete, reverse=True)
    assert not page.relaxed
    assert page.total == len(page.hits)


def test_relaxed_says_that_no_page_has_every_word(pack: Pack) -> None:
    page = pack.search("fishbone money ladder")
    assert page.relaxed
    assert page.hits
    assert not any(hit.complete for hit in page.hits)


def test_limit_shortens_the_list_and_not_the_total(pack: Pack) -> None:
    everything = pack.search("patient", limit=50)
    assert everything.total > 2
    for limit in (2, 0, -1):
        page = pack.search("patient", limit=limit)
        assert slugs(page) == slugs(everything)[: max(limit, 0)]
        assert page.total == everything.total


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("improving", "run-chart"),
        ("organization", "fishbone"),
        ("behavior", "spc-chart"),
        ("cafe", "co-production-ladder"),
        ("patients story", "co-production-ladder"),
        ("the patient’s story", "co-production-ladder"),
        ("coproduction", "co-production-ladder"),
        ("co production", "co-production-ladder"),
        ("5 whys", "five-whys"),
        ("hand over", "sbar"),
        ("hand-over", "sbar"),
        ("ＰＤＳＡ", "pdsa"),
        ("how do we plan, do, study and act", "pdsa"),
        ("london", "text-reminders"),
        ("barnsley hospital", "text-reminders"),
        ("missed visit costs", "text-reminders"),
        ("changed everything at once", "pdsa"),
    ],
)
def test_other_spellings_and_places_find_the_page(pack: Pack, text: str, slug: str) -> None:
    assert slug in found(pack, text)


@pytest.mark.parametrize("query", ["statistical process control", "run chart", "five whys", "team roles"])
def test_no_keystroke_of_a_good_query_goes_dark(pack: Pack, query: str) -> None:
    for length in range(2, len(query) + 1):
        assert pack.search(query[:length], partial=True).hits, query[:length]


def test_a_half_typed_name_is_found_before_its_last_word_is_there(pack: Pack) -> None:
    assert slugs(pack.search("run ch", partial=True))[0] == "run-chart"
    assert slugs(pack.search("team ro", partial=True))[0] == "team-roles"


def test_a_half_typed_word_that_only_has_synonyms_brings_them(pack: Pack) -> None:
    assert "pdsa" in slugs(pack.search("demin", partial=True))


def test_typing_on_towards_a_known_phrase_shows_what_its_end_will_find(pack: Pack) -> None:
    page = pack.search("cause and eff", partial=True)
    assert page.hits
    assert page.relaxed


def test_synonyms_are_searched_as_well_and_named(pack: Pack) -> None:
    page = pack.search("DNA")
    assert "text-reminders" in slugs(page)
    assert "did not attend" in page.expanded


def test_quotation_marks_take_the_synonyms_back(pack: Pack) -> None:
    page = pack.search('"DNA"')
    assert page.expanded == ()
    assert page.hits == ()


def test_words_that_mean_something_together_count_together(pack: Pack) -> None:
    assert found(pack, "did not attend") == ["text-reminders"]
    assert "sbar" in found(pack, "attend")
    assert "bundle-falls" in found(pack, "falls in patients")


def test_what_did_not_work_finds_what_did_not_work(pack: Pack) -> None:
    page = pack.search("falls actions that failed")
    assert slugs(page)[0] == "bundle-falls"
    assert page.hits[0].outcome == "did-not-work"
    assert "Did not work" in page.expanded


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fishbown digram", "fishbone diagram"),
        ("presure ulser", "pressure ulcer"),
        ("what is a statisical proces", "what is a statistical process"),
        ("five wyhs", "five whys"),
    ],
)
def test_a_slip_of_the_pen_is_put_right_where_nothing_has_all_words(pack: Pack, typed: str, meant: str) -> None:
    page = pack.search(typed)
    assert page.corrected == meant
    assert page.hits[0].complete
    assert slugs(page) == slugs(pack.search(meant))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("boen organisation", "bone organisation"),
        ("lader organisation", "ladder organisation"),
        ("leaver organisation", None),
        ("wish hands", None),
    ],
)
def test_beside_a_word_that_does_not_fit_only_the_commonest_slips_are_put_right(
    pack: Pack, typed: str, meant: str | None
) -> None:
    assert pack.search(typed).corrected == meant


def test_two_words_written_as_one_are_taken_apart(pack: Pack) -> None:
    page = pack.search("runchart")
    assert page.corrected == "run chart"
    assert slugs(page)[0] == "run-chart"


def test_a_query_that_is_answered_is_not_corrected(pack: Pack) -> None:
    page = pack.search("fishbone")
    assert (page.corrected, page.did_you_mean) == (None, None)


def test_a_real_word_beside_a_known_name_is_only_offered(tmp_path: Path) -> None:
    rolls = Page("bread", "Bread", body="The team buys rolls for breakfast.")
    with open_pack(write_pack(tmp_path / "rolls.ilsypack", [*PAGES, rolls])) as pack:
        page = pack.search("team rolls")
    assert page.did_you_mean == "team roles"
    assert page.corrected is None
    assert slugs(page)[0] == "bread"


@pytest.mark.parametrize("text", ["xqzvwk", "asdfghjkl", "zzz zzz qqq", "wish hands"])
def test_what_is_not_there_is_not_invented(pack: Pack, text: str) -> None:
    page = pack.search(text)
    assert page.corrected is None
    assert not any(hit.complete for hit in page.hits)


@pytest.mark.parametrize("text", ["T89", "t89", "t 89", " T 89 "])
def test_a_code_finds_its_page_first(pack: Pack, text: str) -> None:
    page = pack.search(text)
    assert slugs(page)[0] == "pdsa"
    assert page.hits[0].complete


def test_filters_count_and_choose(pack: Pack) -> None:
    everything = pack.search("patient", limit=50)
    kinds = {value: count for value, _, count in everything.facets["kind"]}
    page = pack.search("patient", limit=50, facets={"kind": ["example"]})
    assert {hit.kind for hit in page.hits} == {"example"}
    assert page.total == kinds["example"]
    assert {value: count for value, _, count in page.facets["kind"]} == kinds
    both = pack.search("patient", limit=50, facets={"kind": ["example", "tool"]})
    assert both.total == kinds["example"] + kinds["tool"]


def test_choices_of_other_names_reach_the_counts(pack: Pack) -> None:
    page = pack.search("chart", facets={"level": ["intermediate"]})
    assert page.facets["kind"] == [("tool", "Tool", 1)]
    assert slugs(page) == ["spc-chart"]


def test_time_is_counted_up_to_a_limit(pack: Pack) -> None:
    times = {value: count for value, _, count in pack.search("", facets={"kind": ["tool"]}).facets["time"]}
    assert times == {"15": 2, "30": 3, "60": 5}
    page = pack.search("", limit=50, facets={"time": ["30"]})
    assert slugs(page) == ["run-chart", "five-whys", "pdsa"]


def test_filters_speak_in_the_words_of_the_lists(pack: Pack) -> None:
    facets = pack.search("", facets={"kind": ["example"]}).facets
    assert facets["setting"] == [
        ("acute-ward", "Hospital wards", 1),
        ("outpatients", "Clinics and outpatients", 1),
    ]
    assert facets["organisation"][0] == ("sheffield", "Sheffield Teaching Hospitals", 1)
    assert facets["outcome"] == [("worked", "Worked", 1), ("did-not-work", "Did not work", 1)]
    assert facets["crosses"] == [("yes", "Several organisations", 1), ("no", "One organisation", 1)]
    stages = pack.search("", facets={"kind": ["tool"]}).facets["stage"]
    assert [label for _, label, _ in stages] == ["Start well", "Choose measures", "Find and test changes"]


def test_one_choice_may_be_given_as_a_word(pack: Pack) -> None:
    assert slugs(pack.search("patient", facets={"kind": "example"})) == slugs(
        pack.search("patient", facets={"kind": ["example"]})
    )


@pytest.mark.parametrize("facets", [{"kind": ["nonsense"]}, {"colour": ["blue"]}])
def test_a_choice_that_does_not_exist_finds_nothing(pack: Pack, facets: dict[str, list[str]]) -> None:
    page = pack.search("chart", facets=facets)
    assert (page.hits, page.total) == ((), 0)


def test_no_choice_in_a_filter_is_no_filter(pack: Pack) -> None:
    assert slugs(pack.search("chart", facets={"kind": []})) == slugs(pack.search("chart"))


@pytest.mark.parametrize("text", ["", "   ", "😀", "***", '"'])
def test_nothing_typed_finds_nothing(pack: Pack, text: str) -> None:
    page = pack.search(text)
    assert (page.hits, page.total, page.relaxed) == ((), 0, False)


def test_the_snippet_marks_the_words_and_is_safe(tmp_path: Path) -> None:
    nasty = Page("nasty", "Nasty", body='Say <script>alert("x")</script> & mark the chart here.')
    with open_pack(write_pack(tmp_path / "nasty.ilsypack", [nasty])) as pack:
        snippet = pack.search("charts").hits[0].snippet
    assert "<mark>chart</mark>" in snippet
    assert re.findall(r"</?\w+", snippet.replace("<mark>", "").replace("</mark>", "")) == []
    assert "&lt;script&gt;" in snippet


def test_what_people_say_is_searched_and_not_shown(pack: Pack) -> None:
    hit = pack.search("nobody rings back").hits[0]
    assert hit.slug == "sbar"
    assert "rings" not in hit.snippet
    assert hit.snippet == "A short order of words for a handover."


@pytest.mark.parametrize(
    "text",
    ['"', '""a"', "*", "a*", "NEAR(", 'NEAR("a" "b")', "AND OR NOT", "-a", "^a", "title:x", "{a b}:c", "\\",
     "\x00", "a\x00b", "\ud800", "a\udfffb", "\u200b", "\u202eabc", "👩‍⚕️ falls", "é" * 400, "a" * 10000,
     "(" * 1000, "chart " * 1667, "'; DROP TABLE item;--", "<script>", "İ", "ß", "a b c d e f g h i j k l m n o p q"],
)  # fmt: skip
@pytest.mark.parametrize("partial", [False, True])
def test_no_string_upsets_the_search(pack: Pack, text: str, partial: bool) -> None:
    page = pack.search(text, partial=partial)
    assert page.total >= len(page.hits)


def test_the_answer_does_not_depend_on_what_was_typed_before(tmp_path: Path) -> None:
    path = write_pack(tmp_path / "same.ilsypack", PAGES, LABELS)
    with open_pack(path) as pack:
        for text in ("fishbown", "DNA", "bullying", "run ch"):
            pack.search(text, partial=True)
        later = pack.search("patient story")
    with open_pack(path) as pack:
        assert pack.search("patient story") == later


def test_search_brings_nothing_heavy_into_the_program() -> None:
    code = (
        "import sys; import content_pack.query\n"
        "print([m for m in sys.modules if m.split('.')[0] in "
        "('numpy', 'yaml', 'sqlite_utils', 'markdown', 'PySide6') or m.startswith('content_pack.build')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
