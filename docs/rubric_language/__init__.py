"""docs/rubric-language.md, made from docs/rubric-language.yaml, the models and the engine.

The data holds the prose and the examples; names, fields and types come from the models, points,
sentences and formulas from running each example. So the page cannot say what the engine does not do.
"""

from docs.rubric_language.book import Book, load_book
from docs.rubric_language.page import DATA, PAGE, language_page

__all__ = ["DATA", "PAGE", "Book", "language_page", "load_book"]
