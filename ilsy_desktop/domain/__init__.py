"""Plain Python that knows neither Qt nor files: routes, arguments, words, preferences."""
