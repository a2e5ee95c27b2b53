"""Pages for people and an API for programs, over the same functions as the command line. See ``docs/web.md``."""
