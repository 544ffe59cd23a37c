"""What a database is made of, to compare before and after."""

QUERIES = {
    "columns": """SELECT table_name || '.' || column_name || ' ' || data_type
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """SELECT conrelid::regclass || ' ' || conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    "sequences": "SELECT relname FROM pg_class WHERE relkind = 'S'",
    "models": "SELECT model FROM ir_model",
    "fields": "SELECT model || '.' || name FROM ir_model_fields",
    # Odoo leaves names of mixins behind (mail.selection__x__…) when the model that used
    # them goes: names of records that are gone are not counted.
    "names": """SELECT d.module || '.' || d.name FROM ir_model_data d
        LEFT JOIN ir_model_fields_selection s ON s.id = d.res_id
        LEFT JOIN ir_model_inherit i ON i.id = d.res_id
        WHERE NOT (d.model = 'ir.model.fields.selection' AND s.id IS NULL)
        AND NOT (d.model = 'ir.model.inherit' AND i.id IS NULL)""",
    "views": "SELECT COALESCE(key, name) || ' ' || COALESCE(model, '') FROM ir_ui_view",
    "menus": "SELECT id || ' ' || (name->>'en_US') FROM ir_ui_menu",
    "actions": "SELECT id || ' ' || type || ' ' || (name->>'en_US') FROM ir_actions",
    "groups": "SELECT name->>'en_US' FROM res_groups",
    "privileges": "SELECT name->>'en_US' FROM res_groups_privilege",
    "access": "SELECT id || ' ' || name FROM ir_model_access",
    "rules": "SELECT id || ' ' || name FROM ir_rule",
    "crons": "SELECT id || ' ' || cron_name FROM ir_cron",
    "parameters": "SELECT key FROM ir_config_parameter",
    "number series": "SELECT name || ' ' || COALESCE(code, '') FROM ir_sequence",
    "assets": "SELECT name || ' ' || path FROM ir_asset",
}
VIEWS = """SELECT d.module || '.' || d.name || ' ' || md5(v.arch_db::text)
    FROM ir_ui_view v JOIN ir_model_data d ON d.model = 'ir.ui.view' AND d.res_id = v.id
    WHERE d.module LIKE 'security\\_%'"""


def snapshot(lab, database):
    """{kind: sorted rows as text} of what the database is made of."""
    return {
        kind: sorted(str(row[0]) for row in lab.query(database, query))
        for kind, query in QUERIES.items()
    }


def with_views(lab, database):
    """The snapshot, with the contents of our views."""
    rows = sorted(row[0] for row in lab.query(database, VIEWS))
    return {**snapshot(lab, database), "contents of views": rows}


def changes(before, after):
    """{kind: {"gone": […], "new": […]}}, only kinds that differ."""
    found = {}
    for kind, rows in before.items():
        gone, new = set(rows) - set(after[kind]), set(after[kind]) - set(rows)
        if gone or new:
            found[kind] = {"gone": sorted(gone), "new": sorted(new)}
    return found
