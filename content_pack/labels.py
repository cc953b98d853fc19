"""Words for values of closed lists, the same on screen and on paper; what can be filtered has its own in the pack."""

from __future__ import annotations

HOW_SURE = {"A": "Quite", "B": "Fairly", "C": "A little"}
LINKS_THAT_BREAK = {
    "wrong-problem": "wrong problem",
    "weak-idea": "the idea was too weak",
    "not-delivered": "it was not done as planned",
    "too-small-to-see": "too small or too short to see",
    "context-changed": "things around it changed",
    "people-and-time": "people and time",
    "data": "the numbers",
}
