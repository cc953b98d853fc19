"""The operating system behind plain functions: paths, logs, display, single instance."""
