"""Makes a desk of as many cases as wanted, for what must be measured on a large one.

A few hundred cases are lived through the desk's own actions (`stories`), read back with everything
that hangs on them (`templates`), and written again and again under new keys, at other times and
with other people and words (`cloning`). A case is moved in time only where the rule book agrees
with every due time afterwards (`moments`), so `makegood doctor` finds such a desk well.

`python -m benchmarks.large_desk --cases 1000000` fills the database of the usual settings;
`benchmarks.large_desk.growing.grow` does the same where Django is ready and its database migrated.
"""
