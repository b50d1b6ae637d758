"""The program door: what a shop's till, or another program of the house, asks the desk.

In reading order:
    door    bearer tokens, JSON in and out, and one shape for every error
    codes   what a code is worth, and redeeming it
    urls    the addresses

A secret is always in the body of a POST, never in an address. docs/api.md has every call with its answer.
"""
