"""The one exception of the charts."""


class ChartError(ValueError):
    """The figures cannot be charted; the message is one plain sentence for the person who typed them."""
