# Test databases: made once, kept under a key, copied for every run.
# shellcheck shell=bash
#
#   core_X        what module X needs of others, French loaded, nothing of ours
#   with_X        X alone on its left-hand side
#   suite         all five, with French accounting
#   demo_core_X, demo_with_X    the same with demo data

modules() { "$VENV/bin/python" "$ROOT/script/lib/modules.py" "$@"; }

# need_template NAME KEY FROM COMMAND... - unless it exists with that key, copy FROM
# (or start empty), run COMMAND NAME on it, and write the key.
need_template() {
    local name=$1 key=$2 from=$3
    shift 3
    exec 5>>"$CLUSTER/template-$name.lock"
    flock 5
    if [[ $(database_mark "$name") != "$key" ]]; then
        step "Database $name" make_template "$name" "$key" "$from" "$@"
    fi
    exec 5>&-
}

make_template() {
    local name=$1 key=$2 from=$3
    shift 3
    if [[ -n $from ]]; then copy_database "$from" "$name"; else drop_database "$name"; fi
    "$@" "$name"
    mark_database "$name" "$key"
}

# install MODULES OPTIONS... NAME - one run of Odoo, its log kept for the log check.
install() { change_modules -i "$1" --load-language=fr_FR "${@:2}"; }

# upgrade MODULES NAME
upgrade() { change_modules -u "$@"; }

# change_modules OPTIONS... NAME
change_modules() {
    local name=${*: -1} log
    log=$CLUSTER/log/$name.log
    mkdir -p "$CLUSTER/log"
    rm -f "$log"
    run_odoo -d "$name" "${@:1:$#-1}" --no-http --stop-after-init --logfile="$log" || {
        tail -n 40 "$log"
        return 1
    }
    # Odoo ends with success when a module could not be loaded at all.
    if grep -E ' (ERROR|CRITICAL) ' "$log"; then return 1; fi
}

# core_key MODULE - what a core database depends on.
core_key() { printf '%s %s' "$(basename "$VENV")" "$(modules lhs "$1")" | sha256sum | cut -c1-16; }

# need_core MODULE [demo] - set CORE to the name of the database.
need_core() {
    local module start from='' prefix=core_ options=(--without-demo)
    module=$(modules core "$1")
    [[ ${2:-} != demo ]] || {
        prefix=demo_core_
        options=(--with-demo)
    }
    start=$(modules before "$module")
    if [[ -n $start ]]; then
        need_core "$start" "${2:-}"
        from=$CORE
    fi
    CORE=$prefix$module
    need_template "$CORE" "$(core_key "$module")" "$from" \
        install "$(modules lhs "$module")" "${options[@]}"
}

# need_with MODULE [demo] - set TEMPLATE to the database with the module and those of
# ours it needs, and nothing else of ours.
need_with() {
    local own prefix=with_ options=(--without-demo)
    [[ ${2:-} != demo ]] || {
        prefix=demo_with_
        options=(--with-demo)
    }
    need_core "$1" "${2:-}"
    read -r -a own <<<"$(modules with "$1")"
    TEMPLATE=$prefix$1
    need_template "$TEMPLATE" "$(core_key "$1")-$(modules hash "${own[@]}")" "$CORE" \
        install "$1" "${options[@]}"
}

# need_suite - set TEMPLATE to the database with everything, as a French firm has it.
need_suite() {
    need_core "${MODULES[-1]}"
    need_template core_french "$(core_key "${MODULES[-1]}")-french" "$CORE" \
        install_french
    TEMPLATE=suite
    need_template suite "$(core_key "${MODULES[-1]}")-$(modules hash "${MODULES[@]}")" \
        core_french install "$(IFS=,; printf '%s' "${MODULES[*]}")" --without-demo
}

# install_french NAME - the company's country comes before its chart of accounts.
install_french() {
    odoo_code "$1" "$ROOT/script/lib/french_company.py"
    install l10n_fr_account --without-demo "$1"
}
