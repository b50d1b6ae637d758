"""Why: staff find a case by any word of it. The words are indexed by the database itself, in the transaction that wrote them.

What is indexed is a piece of a case: the case's own number and subject, a contact, or a note. Each piece
depends on its own row alone, so a trigger has the old words and the new ones before it, whoever writes,
one row or a thousand, and what is taken out of a row is taken out of the index in the same moment.

The key of a piece is a number that sorts by case, so that the newest case's pieces come first and all
pieces of a case stand together: the case's key, then 32 bits for the contact's or note's, then one that
is set for a note. `makegood.desk.queries.pieces` takes it apart.

The search knows letters and digits; case and accents do not count. SQLite's FTS5 folds them itself; for
PostgreSQL `desk_fold` does, without an extension.
"""

from django.db import migrations

LONGEST = 50_000
"""Characters of one text that are indexed. A row of PostgreSQL's index holds a megabyte and no more."""
BATCH = 5_000
"""Cases at a time."""

CONTACT = (
    "substr({row}.subject, 1, 500) || ' ' || {row}.from_name || ' ' || {row}.from_address || ' ' || "
    "CASE {row}.direction WHEN 'out' THEN CAST({row}.to_addresses AS text) ELSE '' END || ' ' || "
    "substr({row}.text, 1, %d)" % LONGEST
)
#: table → the columns its piece is made of, the piece's key, its words
PIECES = {
    "desk_case": (
        ("number", "subject"),
        "({row}.id << 33)",
        "{row}.number || ' ' || {row}.subject",
    ),
    "desk_contact": (
        ("case_id", "subject", "text", "direction", "from_name", "from_address", "to_addresses"),
        "(({row}.case_id << 33) + ({row}.id << 1))",
        CONTACT,
    ),
    "desk_note": (
        ("case_id", "text"),
        "(({row}.case_id << 33) + ({row}.id << 1) + 1)",
        "substr({row}.text, 1, %d)" % LONGEST,
    ),
}

# ── SQLite ───────────────────────────────────────────────────────────────────

# It keeps no text of its own, no places and no sizes: only which piece has which word.
SQLITE_TABLE = (
    "CREATE VIRTUAL TABLE desk_searchable USING fts5("
    "words, content='', columnsize=0, detail=none, prefix='2 3', tokenize='unicode61 remove_diacritics 2')"
)


def sqlite_triggers():
    """Return each trigger's name and text. To take words out, FTS5 must be given those it was given."""
    for table, (columns, key, words) in PIECES.items():
        old, new = (
            (key.format(row=row), words.format(row=row)) for row in ("old", "new")
        )
        put = f"INSERT INTO desk_searchable(rowid, words) VALUES ({new[0]}, {new[1]});"
        take = f"INSERT INTO desk_searchable(desk_searchable, rowid, words) VALUES ('delete', {old[0]}, {old[1]});"
        changed = " OR ".join(f"old.{column} IS NOT new.{column}" for column in columns)
        yield f"{table}_words_insert", f"AFTER INSERT ON {table} BEGIN {put} END"
        yield f"{table}_words_delete", f"AFTER DELETE ON {table} BEGIN {take} END"
        yield (
            f"{table}_words_update",
            f"AFTER UPDATE OF {', '.join(columns)} ON {table} WHEN {changed} BEGIN {take} {put} END",
        )


# ── PostgreSQL ───────────────────────────────────────────────────────────────

#: What stands between words: signs, spaces, drawings. As ranges, so that no locale has a say in it.
BETWEEN = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    r"\u055a-\u055f\u0589\u060c\u061b\u061f\u06d4\u0964\u0965\u1680\u2000-\u206f\u20a0-\u20cf\u2116\u2117\u2120-\u2122"
    r"\u2190-\u245f\u2500-\u2775\u2794-\u2bff\u2e00-\u2e2e\u2e30-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\ufe10-\ufe6f"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufffc\ufffd\U0001f000-\U0001f0ff\U0001f110-\U0001faff]+"
)
POSTGRESQL_FUNCTIONS = (
    r"""
    CREATE FUNCTION desk_fold(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT CASE WHEN octet_length(said) = length(said) THEN lower(said)
            ELSE lower(regexp_replace(normalize(said, NFD), '[\u0300-\u036f]+', '', 'g')) END
    $$
    """,
    # A word of more than 64 letters is known by its first 64.
    rf"""
    CREATE FUNCTION desk_words(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT array_to_tsvector(ARRAY(
            SELECT DISTINCT left(word, 64) FROM string_to_table(
                regexp_replace(desk_fold(said), '{BETWEEN}', ' ', 'g'), ' ') AS word WHERE word <> ''))
    $$
    """,
)
POSTGRESQL_TABLE = "CREATE TABLE desk_searchable (key bigint PRIMARY KEY, words tsvector NOT NULL)"
# Words that wait for their place in the index are searched one by one, so only few may wait.
POSTGRESQL_INDEX = (
    "CREATE INDEX desk_searchable_words ON desk_searchable USING gin (words) WITH (gin_pending_list_limit = 512)"
)


def postgresql_triggers():
    """Return the functions and triggers that keep the index."""
    for table, (columns, key, words) in PIECES.items():
        old_key, new_key = key.format(row="OLD"), key.format(row="NEW")
        new_words = words.format(row="NEW")
        changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
        yield (
            f"CREATE FUNCTION {table}_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP <> 'INSERT' THEN DELETE FROM desk_searchable WHERE key = {old_key}; END IF; "
            f"IF TG_OP <> 'DELETE' THEN INSERT INTO desk_searchable VALUES ({new_key}, desk_words({new_words})) "
            f"ON CONFLICT (key) DO UPDATE SET words = EXCLUDED.words; END IF; RETURN NULL; END $$"
        )
        yield (
            f"CREATE TRIGGER {table}_words_kept AFTER INSERT OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_words()"
        )
        yield (
            f"CREATE TRIGGER {table}_words_changed AFTER UPDATE OF {', '.join(columns)} ON {table} "
            f"FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {table}_words()"
        )
    yield (
        "CREATE FUNCTION desk_words_emptied() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN TRUNCATE desk_searchable; RETURN NULL; END $$"
    )
    yield (
        "CREATE TRIGGER desk_case_words_emptied AFTER TRUNCATE ON desk_case "
        "FOR EACH STATEMENT EXECUTE FUNCTION desk_words_emptied()"
    )


# ── both ─────────────────────────────────────────────────────────────────────


def build(apps, schema_editor):
    """Make the index, fill it with what is there, then let the triggers keep it. One transaction: all or nothing."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE_TABLE)
        _fill(schema_editor, "INSERT INTO desk_searchable(rowid, words) SELECT key, words")
        for name, text in sqlite_triggers():
            schema_editor.execute(f"CREATE TRIGGER {name} {text}")
        return
    for statement in (*POSTGRESQL_FUNCTIONS, POSTGRESQL_TABLE):
        schema_editor.execute(statement)
    _fill(schema_editor, "INSERT INTO desk_searchable SELECT key, desk_words(words)")
    for statement in (POSTGRESQL_INDEX, *postgresql_triggers()):
        schema_editor.execute(statement)


def _fill(schema_editor, insert):
    """Index what is there a batch of cases at a time. In the order of the keys, as FTS5 likes it best."""
    pieces = " UNION ALL ".join(
        f"SELECT {key.format(row='piece')} AS key, {words.format(row='piece')} AS words FROM {table} piece "
        f"WHERE {'id' if table == 'desk_case' else 'case_id'} BETWEEN %s AND %s"
        for table, (_columns, key, words) in PIECES.items()
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM desk_case")
        first, last = cursor.fetchone()
        for start in range(first, last + 1, BATCH) if first is not None else ():
            batch = [start, start + BATCH - 1]
            cursor.execute(f"{insert} FROM ({pieces}) AS all_pieces ORDER BY key", batch * len(PIECES))


def take_away(apps, schema_editor):
    """Undo: the triggers, then the index."""
    if schema_editor.connection.vendor == "sqlite":
        for name, _text in sqlite_triggers():
            schema_editor.execute(f"DROP TRIGGER {name}")
        schema_editor.execute("DROP TABLE desk_searchable")
        return
    for table in PIECES:
        schema_editor.execute(f"DROP FUNCTION {table}_words() CASCADE")
    schema_editor.execute("DROP FUNCTION desk_words_emptied() CASCADE")
    schema_editor.execute("DROP TABLE desk_searchable")
    schema_editor.execute("DROP FUNCTION desk_words(text)")
    schema_editor.execute("DROP FUNCTION desk_fold(text)")


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0005_asked_of_every_letter'),
    ]

    operations = [migrations.RunPython(build, take_away)]
