"""Figure 1: mail taken in end to end into cases, durable, beside django-helpdesk on the very same files.

    python -m benchmarks.intake [--mails N] [--repeat N] [--memory N]

Prints mails a second and the ratio to the peer, on PostgreSQL where MAKEGOOD_DATABASE_URL names a server, else on
SQLite. The peer is installed from the package index into var/bench on first use. `scripts/bench.sh intake` runs both.

    words, post   the mails, from a seed
    side          a desk that is prepared once, copied, and given the mails
    ours          Makegood's tasks, through the file door and the judge
    peer_desk     the peer's tasks, run by the Python of its own environment
"""
