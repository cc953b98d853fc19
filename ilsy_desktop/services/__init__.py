"""QObjects that the pages talk to: library, preferences, paper, and the lanes they work in."""
