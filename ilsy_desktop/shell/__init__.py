"""The window's frame: header, footer, navigation."""
