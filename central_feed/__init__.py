"""The other end of `sync`: publish a signed feed of packs."""
