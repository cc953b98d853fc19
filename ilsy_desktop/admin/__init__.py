"""The command line for IT, without a window."""
