"""Readers of headers: bytes in, a `Header` out, nothing decoded and nothing larger than a header kept.

They are the project's own, in Python alone. What comes from outside is read here first, in the process that serves
everybody, so that no library sees a file before its header is checked against the limits. They also tell what libraries
do not (sampling factors, quantisation tables), and something of files that end too early.
"""
