"""One page a route; pages do not import each other."""
