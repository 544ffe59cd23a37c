# The parts of the tests, and how each is run.
# shellcheck shell=bash

ALL_PARTS=(engine workforce missions incidents access compliance scenario scripts structure)
# Run side by side with the others when everything is run.
SECOND_LANE=(engine structure scripts)

PARTS=()
PYTEST_ARGS=()

# folder_of PART - where its tests are.
folder_of() {
    case $1 in
        engine | scripts | structure | scenario) printf 'tests/%s\n' "$1" ;;
        *) printf 'security_%s/tests\n' "$1" ;;
    esac
}

# part_of PATH - the part that a test file belongs to.
part_of() {
    local part
    for part in "${ALL_PARTS[@]}"; do
        if [[ ${1#./} == "$(folder_of "$part")"* ]]; then
            printf '%s\n' "$part"
            return
        fi
    done
    return 1
}

# read_arguments ARGS... - set PARTS, and PYTEST_ARGS for pytest.
read_arguments() {
    local name part
    NAMED_PATHS=()
    while (($#)); do
        if [[ " ${ALL_PARTS[*]} " == *" $1 "* ]]; then
            PARTS+=("$1")
        elif part=$(part_of "$1"); then
            [[ " ${PARTS[*]} " == *" $part "* ]] || PARTS+=("$part")
            NAMED_PATHS+=("$1")
        elif [[ $1 == -k && -n ${2:-} ]]; then
            name=$2
            PYTEST_ARGS+=(-k "$2")
            shift
        elif [[ $1 == -[mnopW] && -n ${2:-} ]]; then
            PYTEST_ARGS+=("$1" "$2")
            shift
        elif [[ $1 == -* ]]; then
            PYTEST_ARGS+=("$1")
        else
            refuse "unknown part $1: give one of ${ALL_PARTS[*]}, or a test file."
        fi
        shift
    done
    if ((${#PARTS[@]} == 0)); then choose_parts "${name:-}"; fi
}

# choose_parts NAME - all parts, or those whose files speak of NAME: the others would
# prepare a database to find nothing in it.
choose_parts() {
    local part
    if [[ $1 =~ ^[A-Za-z0-9_]+$ ]]; then
        for part in "${ALL_PARTS[@]}"; do
            if find "$ROOT/$(folder_of "$part")" -name '*.py' -ipath "*$1*" 2>/dev/null |
                grep -q . || grep -rqi --include='*.py' -- "$1" "$ROOT/$(folder_of "$part")" 2>/dev/null; then
                PARTS+=("$part")
            fi
        done
    fi
    ((${#PARTS[@]})) || PARTS=("${ALL_PARTS[@]}")
}

# in_second_lane PART
in_second_lane() { [[ " ${SECOND_LANE[*]} " == *" $1 "* ]]; }

run_parts() {
    local part first=() second=()
    RESULTS=$STATE/log/tests
    rm -rf "$RESULTS"
    mkdir -p "$RESULTS"
    export HYPOTHESIS_STORAGE_DIRECTORY=$STATE/hypothesis
    export SUITE_ROOT=$ROOT SECURITY_SUITE_CACHE=$CACHE
    for part in "${PARTS[@]}"; do
        if in_second_lane "$part"; then second+=("$part"); else first+=("$part"); fi
    done
    if [[ ${PARTS[*]} != engine && ${PARTS[*]} != scripts ]]; then
        use_cluster test
        write_odoo_conf
        export SUITE_CLUSTER=$CLUSTER
    fi
    # A pytest that is interrupted ends in good order: the parts after it must not start.
    trap 'exit 130' INT
    if ((${#first[@]} && ${#second[@]})); then
        LANE=1
        run_lane "${second[@]}" &
        run_lane "${first[@]}" || true
        wait $! || true
    elif ((${#PARTS[@]} > 1)); then
        run_lane "${PARTS[@]}"
    else
        run_part "${PARTS[0]}"
    fi
    "$VENV/bin/python" "$ROOT/script/lib/summary.py" "$RESULTS" "${PARTS[@]}"
}

# run_lane PART... - one after the other; what each says is shown when it is through.
run_lane() {
    local part
    for part in "$@"; do
        # In a subshell: a database that cannot be made fails its part, not the others.
        (run_part "$part") >"$RESULTS/$part.txt" 2>&1 || true
        printf '\n== %s\n%s\n' "$part" "$(<"$RESULTS/$part.txt")"
    done
}

# run_part PART - prepare its database and run pytest; the counts go to a file.
run_part() {
    local part=$1 folder args=() database='' paths=() path
    folder=$(folder_of "$part")
    for path in "${NAMED_PATHS[@]}"; do
        [[ $(part_of "$path") != "$part" ]] || paths+=("$path")
    done
    ((${#paths[@]})) || paths=("$folder")
    # A part without tests counts none.
    [[ -d $ROOT/$folder ]] || {
        echo "no tests in $folder"
        return 0
    }
    touch "$RESULTS/$part.wanted" # until its report says more
    case $part in
        engine | scripts) args=(-p no:odoo) ;;
        structure)
            args=(-p no:odoo)
            need_structure
            ;;
        scenario)
            need_suite
            database=run_scenario
            ;;
        *)
            need_with "security_$part"
            database=run_$part
            ;;
    esac
    if [[ -n $database ]]; then
        copy_database "$TEMPLATE" "$database"
        args=(--odoo-config="$ODOO_CONF" --odoo-database="$database" --odoo-http)
    fi
    cd "$ROOT"
    local rc=0
    "$VENV/bin/pytest" -o cache_dir="$STATE/pytest" --junitxml="$RESULTS/$part.xml" \
        "${args[@]}" "${PYTEST_ARGS[@]}" "${paths[@]}" || rc=$?
    if [[ -n $database ]]; then drop_database "$database"; fi
    # 5: nothing matched what was asked for.
    ((rc == 0 || rc == 5)) || echo "$rc" >"$RESULTS/$part.failed"
}

# need_structure - every template: the install tests start from copies of them.
need_structure() {
    local module
    for module in "${MODULES[@]}"; do
        need_with "$module"
        need_with "$module" demo
    done
    need_suite
}
