"""A day of a busy desk, lived on a clock that waits for nothing and gives nothing away.

day       the clock, what arrives when, what staff do, and the program's own rounds between them
outside   everybody's mail server: counts what it was handed, by Message-ID and receiver
told      what the day came to: counts, lateness, sizes
"""
