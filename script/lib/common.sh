# Shared by all commands in script/: where things live, how they speak, how they refuse.
# shellcheck shell=bash
#
# Words: "cache" holds what is fetched (Odoo, Python libraries), shared by all clones of
# a user; "state" holds what one clone makes (database clusters, filestore, logs).

set -euo pipefail
umask 022
export LC_ALL=C.UTF-8
# Settings of the caller's shell must not leak into Odoo, PostgreSQL or Python.
unset PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGOPTIONS PGSERVICE
unset PYTHONPATH PYTHONHOME ODOO_RC OPENERP_SERVER VIRTUAL_ENV

REFUSED=64 # exit code of every refusal that was explained in a sentence

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
COMMAND=$(basename "$0")
MODULES=(security_workforce security_missions security_incidents security_access
    security_compliance)

if ((EUID == 0)); then
    CACHE=${SECURITY_SUITE_CACHE:-/var/cache/security-suite}
    state_home=/var/lib/security-suite
else
    CACHE=${SECURITY_SUITE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/security-suite}
    state_home=${XDG_STATE_HOME:-$HOME/.local/state}/security-suite
fi
clone_id=$(printf '%s' "$ROOT" | sha256sum | cut -c1-12)
STATE=${SECURITY_SUITE_STATE:-$state_home/$clone_id}
LOG=$STATE/log/$COMMAND.log

# Progress and refusals go to the user's own standard error, also from inside a step
# whose output is kept in the log.
exec 3>&2

say() { printf '%s\n' "$*" >&3; }

# refuse SENTENCE... - say why and what to do, and end.
refuse() {
    [[ -z ${STEP:-} ]] || say "refused" # ends the line that the step began
    say "$COMMAND: $*"
    exit $REFUSED
}

# make_folders - create cache and state, or say who may not.
make_folders() {
    local folder
    for folder in "$CACHE" "$STATE"; do
        mkdir -p "$folder" 2>/dev/null && [[ -w $folder ]] ||
            refuse "cannot write in $folder; give another folder with" \
                "SECURITY_SUITE_CACHE=… or SECURITY_SUITE_STATE=… ."
    done
    # Absolute from here on: the commands change folder.
    CACHE=$(cd "$CACHE" && pwd -P)
    STATE=$(cd "$STATE" && pwd -P)
    LOG=$STATE/log/$COMMAND.log
    mkdir -p "$STATE/log"
    : >"$LOG"
}

# step WHAT COMMAND... - run quietly, one line on the screen, everything in the log.
# The command runs in a subshell: it cannot set variables of the caller.
step() {
    local what=$1 start=$SECONDS rc=0
    shift
    # Two lanes at once would mix their lines: there a step speaks when it is through.
    [[ -n ${LANE:-} ]] || printf '%s … ' "$what" >&3
    printf '\n### %s: %s\n' "$what" "$*" >>"$LOG"
    set +e
    (
        set -e
        STEP=$what
        "$@"
    ) >>"$LOG" 2>&1 </dev/null
    rc=$?
    set -e
    [[ -z ${LANE:-} ]] || printf '%s … ' "$what" >&3
    if ((rc == 0)); then
        say "$((SECONDS - start)) s"
        return 0
    fi
    ((rc != REFUSED)) || exit $REFUSED
    say "failed after $((SECONDS - start)) s"
    tail -n 5 "$LOG" | cut -c1-200 | sed 's/^/    /' >&3
    say "$COMMAND: \"$what\" failed; the whole log is in $LOG ."
    exit 1
}

# only_one NAME SENTENCE... - keep a lock until this process ends, refuse when it is taken.
only_one() {
    exec 7>>"$STATE/$1.lock"
    flock -n 7 || refuse "${@:2}"
}

# free_kb FOLDER - free space in KB.
free_kb() { df -Pk "$1" | awk 'NR == 2 { print $4 }'; }

# need_space FOLDER KB - refuse a disk that would fill up half-way.
need_space() {
    local free
    free=$(free_kb "$1")
    ((free >= $2)) || refuse "only $((free / 1024)) MB free for $1, $(($2 / 1024)) MB" \
        "are needed: free some space, or choose another disk with" \
        "SECURITY_SUITE_CACHE=… and SECURITY_SUITE_STATE=… ."
}

# descendants PID - everything that PID started and that still runs, deepest last.
descendants() {
    local child children=()
    read -r -a children 2>/dev/null <"/proc/$1/task/$1/children" || true
    for child in "${children[@]}"; do
        printf '%s\n' "$child"
        descendants "$child"
    done
}

# stop_children - end what this shell started and still runs (a signal came meanwhile).
stop_children() {
    local running round
    running=$(descendants $$ | grep -vx "${BASHPID}" || true)
    [[ -n $running ]] || return 0
    # shellcheck disable=SC2086
    kill -TERM $running 2>/dev/null || true
    for round in {1..100}; do
        # shellcheck disable=SC2086
        kill -0 $running 2>/dev/null || return 0
        sleep 0.1
    done
    # shellcheck disable=SC2086
    kill -KILL $running 2>/dev/null || true
}
