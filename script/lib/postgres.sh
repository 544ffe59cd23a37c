# PostgreSQL clusters of one clone: "server" keeps the demo, "test" may be thrown away.
# shellcheck shell=bash
#
# Each listens only on a socket inside the clone's state folder. The command that needs
# a cluster starts it, and the last one that uses it stops it; the system's own clusters
# are never touched.

# PostgreSQL refuses to run as root: then the package's own user runs it.
as_postgres=()
if ((EUID == 0)); then as_postgres=(runuser -u postgres --); fi

CLUSTER= # folder of the cluster in use, or nothing
PG=      # programs of PostgreSQL

# use_cluster NAME - set SOCKETS to the folder of the running cluster's socket.
use_cluster() {
    PG=$(postgres_bin)
    CLUSTER=$STATE/$1
    SOCKETS=$CLUSTER/run
    local socket=$SOCKETS/.s.PGSQL.5432
    ((${#socket} <= 107)) || refuse "the path $SOCKETS is too long for a socket" \
        "(107 characters at most): choose a shorter folder with SECURITY_SUITE_STATE=… ."
    mkdir -p "$CLUSTER" "$SOCKETS"
    if ((EUID == 0)); then
        # The way down to the cluster must be open to the user postgres.
        "${as_postgres[@]}" test -x "$CLUSTER" || refuse "the user postgres cannot enter" \
            "$CLUSTER: choose another folder with SECURITY_SUITE_STATE=… ."
        chown postgres "$SOCKETS"
    fi
    chmod 700 "$SOCKETS"
    trap leave_cluster EXIT
    exec 8>>"$CLUSTER/mutex" 9>>"$CLUSTER/users"
    flock 8
    [[ -f $CLUSTER/complete ]] || step "Database cluster" make_cluster "$1"
    cluster_runs || step "PostgreSQL" start_cluster
    flock -s 9
    flock -u 8
    export PGHOST=$SOCKETS PGUSER=odoo
    PATH=$PG:$PATH
}

cluster_runs() { "${as_postgres[@]}" "$PG/pg_ctl" -D "$CLUSTER/data" status >/dev/null 2>&1; }

make_cluster() {
    rm -rf "$CLUSTER/data"
    mkdir -p "$CLUSTER/data"
    if ((EUID == 0)); then chown postgres "$CLUSTER/data"; fi
    cd /
    "${as_postgres[@]}" "$PG/initdb" -D "$CLUSTER/data" -U postgres --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync
    {
        echo "listen_addresses = ''"
        echo "port = 5432"
        echo "unix_socket_directories = '$SOCKETS'"
        echo "unix_socket_permissions = 0700"
        echo "max_connections = 200"
        echo "shared_buffers = 256MB"
        echo "jit = off"
        if [[ $1 == test ]]; then
            # A test database lost in a power cut is made again.
            echo "fsync = off"
            echo "synchronous_commit = off"
            echo "full_page_writes = off"
            echo "autovacuum_naptime = 10min"
        fi
    } | "${as_postgres[@]}" tee -a "$CLUSTER/data/postgresql.conf" >/dev/null
    start_cluster
    "$PG/psql" -q -h "$SOCKETS" -U postgres -d postgres -c "CREATE ROLE odoo LOGIN CREATEDB"
    touch "$CLUSTER/complete"
}

# The descriptors of our locks stay ours: a server must not hold them for ever.
start_cluster() {
    cd /
    "${as_postgres[@]}" "$PG/pg_ctl" -D "$CLUSTER/data" -l "$CLUSTER/data/server.log" \
        -w -t 60 start 6>&- 7>&- 8>&- 9>&-
}

# leave_cluster - stop what still runs below us, and the cluster if nobody else uses it.
leave_cluster() {
    local rc=$?
    trap - EXIT
    trap '' INT TERM HUP
    stop_children
    [[ -n $CLUSTER && -n $PG ]] || exit $rc
    flock 8
    if flock -n -x 9 && cluster_runs; then
        (cd / && "${as_postgres[@]}" "$PG/pg_ctl" -D "$CLUSTER/data" -m fast -w -t 60 stop) \
            >>"$LOG" 2>&1 || say "PostgreSQL did not stop; see $CLUSTER/data/server.log ."
    fi
    exit $rc
}

# sql DATABASE QUERY - one value, or rows of values parted by "|".
sql() {
    PGOPTIONS='-c client_min_messages=warning' \
        psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$1" -c "$2"
}

has_database() { [[ -n $(sql postgres "SELECT 1 FROM pg_database WHERE datname = '$1'") ]]; }

drop_database() {
    sql postgres "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)"
    rm -rf "$CLUSTER/data_dir/filestore/${1:?}"
}

# copy_database FROM TO - with its filestore, whose files Odoo never changes in place.
copy_database() {
    drop_database "$2"
    sql postgres "CREATE DATABASE \"$2\" TEMPLATE \"$1\""
    if [[ -d $CLUSTER/data_dir/filestore/$1 ]]; then
        cp -al "$CLUSTER/data_dir/filestore/$1" "$CLUSTER/data_dir/filestore/$2"
    fi
}

# mark_database NAME TEXT - written last: a database without its mark is half made.
mark_database() { sql postgres "COMMENT ON DATABASE \"$1\" IS '$2'"; }

database_mark() {
    sql postgres "SELECT shobj_description(oid, 'pg_database') FROM pg_database
        WHERE datname = '$1'"
}

# write_odoo_conf - settings of Odoo for the cluster in use.
write_odoo_conf() {
    local crons=0
    [[ $CLUSTER != */server ]] || crons=1
    mkdir -p "$CLUSTER/data_dir/filestore"
    ODOO_CONF=$CLUSTER/odoo.conf
    cat >"$ODOO_CONF.new" <<END
[options]
addons_path = $(addons_path)
admin_passwd = $(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
data_dir = $CLUSTER/data_dir
db_host = $SOCKETS
db_user = odoo
http_interface = ${HOST:-127.0.0.1}
http_port = ${PORT:-8069}
list_db = False
limit_time_cpu = 3600
limit_time_real = 3600
max_cron_threads = $crons
server_wide_modules = base,rpc,web
workers = 0
END
    chmod 600 "$ODOO_CONF.new"
    mv "$ODOO_CONF.new" "$ODOO_CONF"
    export ODOO_RC=$ODOO_CONF
}

# run_odoo ARGS... - Odoo's command line; away from the clone, so that no folder of it
# is taken for a Python package.
run_odoo() { (cd "$STATE" && exec "$VENV/bin/python" -m odoo "$@"); }

# odoo_code DATABASE FILE - run Python code with "env", stop at its first error.
odoo_code() { run_odoo shell -d "$1" --no-http --log-level=warn <"$2"; }
