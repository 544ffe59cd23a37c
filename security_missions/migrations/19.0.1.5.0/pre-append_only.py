def migrate(cr, version):
    """Drop the triggers of registers: `security_workforce` makes them from now on."""
    cr.execute("DROP FUNCTION IF EXISTS security_missions_append_only() CASCADE")
