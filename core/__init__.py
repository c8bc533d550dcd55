"""SamePixels' core: two recipes, one picture, and everything that can be said about the difference.

A library without a user interface. Each arrow of the data flow is one public function:

    bytes ──read_source──> Source ──run──> Trace A ─┐
                                  ──run──> Trace B ─┴─compare──> Comparison ──> figures, JSON, code

Importing it imports none of the image libraries; an operation imports its own on first use.
"""

__version__ = "0.1.0"
