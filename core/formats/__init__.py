"""Readers of headers: bytes in, a `Header` out, nothing decoded and nothing larger than a header kept.

They are the project's own where an image library does not tell what matters here (sampling factors, quantisation
tables, bit depths), needs the memory of the whole picture to tell (WebP), or refuses files that end too early. The
other formats are left to Pillow, in `core.operations.header`.
"""
