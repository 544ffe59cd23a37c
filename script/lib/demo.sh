# The database security_demo: made whole or not at all, kept in step with the code.
# shellcheck shell=bash

DEMO=security_demo
LOGINS=(admin planner hr operator gate accountant compliance guard client)

# need_demo - make the database, or upgrade it when our code changed since.
need_demo() {
    local sources mark
    sources=$(modules hash "${MODULES[@]}")
    mark=$(database_mark "$DEMO")
    if [[ $mark == "complete "* ]]; then
        [[ $mark == "complete $sources" ]] || upgrade_demo "$sources"
        return
    fi
    if has_database "$DEMO"; then
        say "The database $DEMO was left half made: it is dropped and made again."
        step "Old database $DEMO dropped" drop_database "$DEMO"
    fi
    make_demo "$sources"
}

make_demo() {
    step "Empty Odoo in French" install base --without-demo "$DEMO"
    step "French company" odoo_code "$DEMO" "$ROOT/script/lib/french_company.py"
    step "The five modules and their accounting" install \
        "l10n_fr_account,$(IFS=,; printf '%s' "${MODULES[*]}")" --without-demo "$DEMO"
    step "A security firm at work" odoo_code "$DEMO" "$ROOT/script/lib/demo_firm.py"
    mark_database "$DEMO" "complete $1"
}

# upgrade_demo SOURCES - the mark changes only when the upgrade went through.
upgrade_demo() {
    step "Upgrade to the changed code" upgrade \
        "$(IFS=,; printf '%s' "${MODULES[*]}")" "$DEMO"
    mark_database "$DEMO" "complete $1"
}

# serve_demo - run Odoo until a signal ends it; say where it is once it answers.
serve_demo() {
    local log=$STATE/log/odoo.log odoo rc=0
    mv -f "$log" "$log.1" 2>/dev/null || true
    cd "$STATE"
    # Not through a function: the signal must reach Odoo, not a shell around it.
    "$VENV/bin/python" -m odoo -d "$DEMO" --db-filter="^$DEMO\$" --logfile="$log" \
        </dev/null >>"$LOG" 2>&1 &
    odoo=$!
    trap 'kill -TERM "$odoo" 2>/dev/null || true' INT TERM HUP
    if wait_for_login "$odoo"; then
        say ""
        say "Odoo serves a security firm on http://localhost:$PORT"
        say "Logins (the password is the login): ${LOGINS[*]}"
        say "Log: $log - Ctrl-C stops."
    fi
    # The trap interrupts "wait": wait again until Odoo has really ended.
    while kill -0 "$odoo" 2>/dev/null; do
        rc=0
        wait "$odoo" || rc=$?
    done
    trap - INT TERM HUP
    # 143: Odoo was told to end before it had set up its own way of ending.
    ((rc == 0 || rc == 143)) && {
        say "Stopped."
        return 0
    }
    tail -n 5 "$log" | cut -c1-200 >&3
    say "$COMMAND: Odoo ended with an error; the whole log is in $log ."
    return 1
}

# wait_for_login PID - until the login page answers, or the process has ended.
wait_for_login() {
    "$VENV/bin/python" - "$1" "${HOST:-127.0.0.1}" "$PORT" <<'PYTHON'
import os
import sys
import time
import urllib.error
import urllib.request

process, host, port = int(sys.argv[1]), sys.argv[2], sys.argv[3]
host = "127.0.0.1" if host == "0.0.0.0" else host
while True:
    try:
        os.kill(process, 0)
        urllib.request.urlopen(f"http://{host}:{port}/web/login", timeout=60).read()
        sys.exit(0)
    except ProcessLookupError:
        sys.exit(1)
    except (OSError, urllib.error.HTTPError):
        time.sleep(0.3)
PYTHON
}
