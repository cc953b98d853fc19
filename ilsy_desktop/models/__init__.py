"""Qt item models over the records of a pack: lists that the views show."""
