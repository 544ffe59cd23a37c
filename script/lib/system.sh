# What the machine must have: Debian packages, a Python that Odoo 19 runs on, a port.
# shellcheck shell=bash

PACKAGES_SERVER=(postgresql python3 python3-venv wkhtmltopdf ca-certificates fonts-dejavu-core)
PACKAGES_TEST=(chromium poppler-utils)
PACKAGES_LINT=(nodejs npm)

# has_package NAME - true when the machine offers what the package is for, whoever
# installed it: a server from another repository or a browser of one's own is as good.
has_package() {
    case $1 in
        postgresql) [[ -n $(postgres_bin) ]] ;;
        python3) find_python >/dev/null ;;
        python3-venv)
            local python
            python=$(find_python) && "$python" -c 'import ensurepip, venv' 2>/dev/null
            ;;
        wkhtmltopdf) command -v wkhtmltopdf >/dev/null ;;
        chromium)
            command -v chromium || command -v chromium-browser ||
                command -v google-chrome || command -v google-chrome-stable
            ;;
        poppler-utils) command -v pdftotext ;;
        nodejs) command -v node ;;
        npm) command -v npm ;;
        ca-certificates) [[ -e /etc/ssl/certs/ca-certificates.crt ]] ;;
        fonts-dejavu-core) [[ -n $(find /usr/share/fonts -name '*.[to]tf' -print -quit 2>/dev/null) ]] ;;
    esac >/dev/null 2>&1
}

# postgres_bin - folder of the newest PostgreSQL server programs, or nothing.
postgres_bin() {
    local found
    found=$(find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null | sort -V | tail -n 1)
    [[ -z $found ]] || dirname "$found"
}

python_version() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null; }

# find_python - name of an interpreter that Odoo 19 and our locked libraries run on.
find_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.10}; do
        case $(python_version "$candidate") in
            3.1[0-3])
                command -v "$candidate"
                return
                ;;
        esac
    done
    return 1
}

# need_packages PACKAGE... - install what is missing, or say who must do it.
need_packages() {
    local package missing=() sudo=()
    for package in "$@"; do
        has_package "$package" || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    # A python3 that is there but too old or too new is not mended by apt.
    if [[ " ${missing[*]} " == *" python3 "* ]]; then check_python_present; fi
    if ((EUID != 0)); then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            sudo=(sudo)
        elif command -v sudo >/dev/null && [[ -t 0 && -t 2 && -z ${CI:-} ]]; then
            say "Debian packages are missing (${missing[*]}): sudo will ask for your password."
            sudo -v || refuse_rights "${missing[@]}"
            sudo=(sudo)
        else
            refuse_rights "${missing[@]}"
        fi
    fi
    command -v apt-get >/dev/null ||
        refuse "missing programs: ${missing[*]}, and no apt-get to install them;" \
            "install them in your system's way and run again."
    step "Debian packages ${missing[*]}" apt_install "${missing[@]}"
    for package in "${missing[@]}"; do
        has_package "$package" || refuse_after_install "$package"
    done
}

refuse_rights() {
    refuse "Debian packages are missing and you may not install them; ask an" \
        "administrator to run: apt-get install --no-install-recommends $*"
}

refuse_after_install() {
    case $1 in
        python3 | python3-venv) check_python ;;
    esac
    refuse "the package $1 was installed but is still not usable; the log is in $LOG ."
}

# apt_install PACKAGE... - uses the array "sudo" of its caller.
apt_install() {
    local apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y
        -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120
        -o Acquire::Retries=2 -o Acquire::http::Timeout=30
        -o Dpkg::Options::=--force-confold --no-install-recommends)
    # The machine's lists may be empty or old: refresh them only when that is so.
    apt_try "$@" || { "${apt[@]}" update && apt_try "$@"; } || refuse_download "$@"
}

apt_try() {
    if [[ " $* " == *" postgresql "* ]]; then install_postgresql || return; fi
    "${apt[@]}" install "$@"
}

refuse_network() {
    refuse "the Debian mirror cannot be reached; check the network (or the proxy of" \
        "apt) and run again."
}

refuse_download() {
    refuse "apt could not fetch or install $*; check the network and run" \
        "again, the log is in $LOG ."
}

# install_postgresql - without the cluster that Debian creates and starts along with
# the server: we run clusters of our own, and nothing else of the system's changes.
install_postgresql() {
    local conf=/etc/postgresql-common/createcluster.conf kept rc=0
    "${apt[@]}" install postgresql-common || return
    kept=$(cat "$conf")
    printf '%s\ncreate_main_cluster = false\n' "$kept" | "${sudo[@]}" tee "$conf" >/dev/null
    "${apt[@]}" install postgresql || rc=$?
    printf '%s\n' "$kept" | "${sudo[@]}" tee "$conf" >/dev/null
    return $rc
}

# check_python_present - refuse an interpreter out of range; silent when there is none.
check_python_present() {
    local name=${PYTHON:-python3} version
    version=$(python_version "$name") || {
        [[ -z ${PYTHON:-} ]] || refuse "PYTHON=$PYTHON is not a Python interpreter."
        return 0
    }
    case $version in
        3.1[0-3]) ;;
        *) refuse "Python $version is not supported by Odoo 19 (3.10 to 3.13 are):" \
            "install one of them and give its path with PYTHON=… ." ;;
    esac
}

check_python() {
    check_python_present
    find_python >/dev/null || refuse "no Python 3.10 to 3.13 found: install python3," \
        "or give the path of one with PYTHON=… ."
}

# check_port_number TEXT - refuse what cannot be a port.
check_port_number() {
    [[ $1 =~ ^[0-9]{1,5}$ ]] && ((10#$1 >= 1 && 10#$1 <= 65535)) ||
        refuse "PORT=$1 is not a port: give a number from 1024 to 65535."
}

# check_port_free PORT - refuse a port in use, before any long work.
check_port_free() {
    "$(find_python)" - "$1" "${HOST:-127.0.0.1}" <<'PYTHON' || refuse_port "$1"
import socket
import sys

with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((sys.argv[2], int(sys.argv[1])))
    except OSError:
        sys.exit(1)
PYTHON
}

refuse_port() {
    refuse "port $1 cannot be used (taken by another program, or not allowed to you):" \
        "stop that program, or choose another port, as in PORT=8169 script/server."
}
