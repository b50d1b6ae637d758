"""How fast the pages are on a large desk, over HTTP, while mail comes in.

`python -m benchmarks.pages --cases 1000000` grows the desk first; `--home FOLDER` takes one that
`benchmarks.large_desk` grew. PostgreSQL by the usual setting. Beside each page stands the floor: a
page through the same sign-in and middleware that asks the record next to nothing.
"""
