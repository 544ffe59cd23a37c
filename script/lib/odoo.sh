# Odoo 19 and its Python libraries: found on the machine, or fetched into the cache.
# shellcheck shell=bash

ROOM_COLD=$((4 * 1024 * 1024)) # KB
ROOM_WARM=$((512 * 1024))

LOCK=$ROOT/script/odoo-requirements.txt
# Files that Debian's odoo-19 links to in other packages.
ODOO_PACKAGES=(odoo-19 libjs-jquery libjs-jquery-form libjs-underscore fonts-montserrat
    fonts-roboto-unhinted fonts-inconsolata fonts-ocr-b fonts-glyphicons-halflings gsfonts)
# Debian release whose Font Awesome is still the 4.7 that Odoo draws its icons with.
ICONS_PACKAGE=fonts-font-awesome
ICONS_RELEASE=trixie

# is_odoo FOLDER - true when it holds the package of Odoo 19.0.
is_odoo() {
    [[ -f $1/odoo/release.py ]] &&
        grep -qE '^version_info = \(19, 0,' "$1/odoo/release.py"
}

# odoo_home - folder that holds the package "odoo": the firm's own, else the fetched one.
odoo_home() {
    local found
    if [[ -n ${ODOO_HOME:-} ]]; then
        is_odoo "$ODOO_HOME" || refuse "ODOO_HOME=$ODOO_HOME does not hold the package" \
            "\"odoo\" of Odoo 19.0; correct it, or unset it to have Odoo fetched."
        (cd "$ODOO_HOME" && pwd -P)
    elif found=$(importable_odoo); then
        printf '%s\n' "$found"
    elif [[ -f $CACHE/odoo.current ]] && is_odoo "$(fetched_odoo)"; then
        fetched_odoo
    fi
}

fetched_odoo() {
    printf '%s/%s/usr/lib/python3/dist-packages\n' "$CACHE" "$(<"$CACHE/odoo.current")"
}

# importable_odoo - where the chosen Python itself finds Odoo 19.0, if it does.
importable_odoo() {
    local found
    found=$(cd / && "$(find_python)" -c '
import importlib.util, os
spec = importlib.util.find_spec("odoo")
print(os.path.dirname(list(spec.submodule_search_locations)[0]))' 2>/dev/null) || return 1
    is_odoo "$found" && printf '%s\n' "$found"
}

# debian_mirror - address of the Debian mirror that this machine itself uses.
debian_mirror() {
    local found
    if [[ -n ${DEBIAN_MIRROR:-} ]]; then
        printf '%s\n' "$DEBIAN_MIRROR"
        return
    fi
    command -v apt-get >/dev/null ||
        refuse "Odoo 19 is fetched with apt-get, which is missing here: set ODOO_HOME" \
            "to a folder that holds the package \"odoo\" of Odoo 19.0."
    # Before the first "apt-get update" the labels are unknown: then the path decides.
    found=$(apt-get indextargets --format '$(LABEL)|$(REPO_URI)' | awk -F'|' '
        $1 == "Debian" { print $2; exit }
        $2 ~ /\/debian\/?$/ && !guess { guess = $2 }
        END { if (guess) print guess }' | head -n 1)
    [[ -n $found ]] ||
        refuse "this machine's apt knows no Debian mirror: give one with" \
            "DEBIAN_MIRROR=…, or set ODOO_HOME to a folder that holds Odoo 19.0."
    printf '%s\n' "$found"
}

# own_apt FOLDER - an apt configuration that leaves the machine's sources alone.
own_apt() {
    local folder=$1 mirror options='[target=Packages]'
    local keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    [[ ! -f $keyring ]] || options="[target=Packages signed-by=$keyring]"
    mirror=$(debian_mirror)
    mkdir -p "$folder/lists/partial" "$folder/archives/partial"
    cat >"$folder/sources.list" <<END
deb $options $mirror unstable main
deb $options $mirror $ICONS_RELEASE main
END
    cat >"$folder/apt.conf" <<END
Dir::Etc::sourcelist "$folder/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::Lists "$folder/lists";
Dir::Cache "$folder";
#clear APT::Default-Release;
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "30";
END
}

fetch_index() {
    own_apt "$CACHE/apt"
    apt-get -c "$CACHE/apt/apt.conf" -o APT::Update::Error-Mode=any update ||
        refuse_network
}

# fetch_packages - apt checks every file against the signed index.
fetch_packages() {
    mkdir -p "$CACHE/debs"
    cd "$CACHE/debs"
    apt-get -c "$CACHE/apt/apt.conf" download "${ODOO_PACKAGES[@]}" \
        "$ICONS_PACKAGE/$ICONS_RELEASE" || {
        # Whatever lies there may be what is wrong with it.
        rm -rf "$CACHE/debs"
        refuse "Odoo 19 could not be downloaded whole; check the network and run again," \
            "the log is in $LOG ."
    }
}

# unpack_packages - into a new folder, named only when complete.
unpack_packages() {
    local new=$CACHE/odoo.new package version files
    rm -rf "$new"
    mkdir -p "$new"
    for package in "${ODOO_PACKAGES[@]}" "$ICONS_PACKAGE"; do
        files=("$CACHE/debs/${package}"_*.deb)
        dpkg-deb -x "${files[-1]}" "$new" || {
            rm -rf "$CACHE/debs" "$new"
            refuse "the download of $package is broken and was removed: run again to" \
                "fetch it anew."
        }
    done
    is_odoo "$new/usr/lib/python3/dist-packages" ||
        refuse "the Debian package odoo-19 does not hold Odoo 19.0; set ODOO_HOME to a" \
            "folder that does."
    # The package leaves out this library (background blur of video calls) but the web
    # client's bundle asks for it; without the file each page reports an error.
    files=("$new"/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib)
    mkdir -p "${files[0]}/selfie_segmentation"
    [[ -e ${files[0]}/selfie_segmentation/selfie_segmentation.js ]] ||
        echo "/* Background blur in video calls is not part of this installation. */" \
            >"${files[0]}/selfie_segmentation/selfie_segmentation.js"
    files=("$CACHE"/debs/odoo-19_*.deb)
    version=$(dpkg-deb -f "${files[-1]}" Version)
    rm -rf "$CACHE/odoo-${version:?}"
    mv "$new" "$CACHE/odoo-$version"
    printf 'odoo-%s\n' "$version" >"$CACHE/odoo.current.new"
    mv "$CACHE/odoo.current.new" "$CACHE/odoo.current"
    rm -rf "$CACHE/debs" "$CACHE/apt"
}

# need_odoo - set HOME_OF_ODOO, fetching Odoo if nobody has it.
need_odoo() {
    HOME_OF_ODOO=$(odoo_home)
    if [[ -z $HOME_OF_ODOO ]]; then
        step "Index of Debian packages" fetch_index
        step "Odoo 19 and its fonts downloaded" fetch_packages
        step "Odoo 19 unpacked" unpack_packages
        HOME_OF_ODOO=$(odoo_home)
    fi
}

# need_venv - set VENV, with the locked libraries and Odoo importable.
need_venv() {
    local key
    VENV_PYTHON=$(find_python)
    key=$({
        cat "$LOCK"
        printf '%s\n' "$("$VENV_PYTHON" -c 'import sys; print(sys.executable, sys.version)')"
        printf '%s\n' "$HOME_OF_ODOO"
    } | sha256sum | cut -c1-12)
    VENV=$CACHE/venv-$key
    [[ -f $VENV/complete ]] || step "Python libraries" make_venv
}

make_venv() {
    rm -rf "$VENV"
    "$VENV_PYTHON" -m venv "$VENV"
    "$VENV/bin/python" -m pip install --no-deps --disable-pip-version-check \
        --no-input -r "$LOCK" || {
        rm -rf "$VENV"
        refuse_libraries
    }
    printf '%s\n' "$HOME_OF_ODOO" >"$("$VENV/bin/python" -c \
        'import sysconfig; print(sysconfig.get_paths()["purelib"])')/odoo-home.pth"
    (cd / && "$VENV/bin/python" -c 'import odoo.api, odoo.http, odoo.service.server')
    touch "$VENV/complete"
}

refuse_libraries() {
    refuse "libraries could not be downloaded; check the network (or the settings of" \
        "pip and npm) and run again, the log is in $LOG ."
}

# addons_path - Odoo's own modules and ours; those of wheels are found by Python.
addons_path() {
    local folder list=$ROOT
    for folder in "$HOME_OF_ODOO/addons" "$HOME_OF_ODOO/odoo/addons"; do
        [[ ! -d $folder/web ]] || list=$folder,$list
    done
    # In a source checkout "base" lives apart from the other modules.
    [[ $list == *"$HOME_OF_ODOO/odoo/addons"* || ! -d $HOME_OF_ODOO/odoo/addons/base ]] ||
        list=$HOME_OF_ODOO/odoo/addons,$list
    printf '%s\n' "$list"
}

# bootstrap [PACKAGE...] - everything that must be there before a database is made.
# Sets HOME_OF_ODOO and VENV.
bootstrap() {
    check_python_present
    HOME_OF_ODOO=$(odoo_home)
    # What was fetched or made before needs no room again.
    if [[ -n $HOME_OF_ODOO && -n $(compgen -G "$CACHE/venv-*/complete") ]]; then
        need_space "$CACHE" $ROOM_WARM
    else
        need_space "$CACHE" $ROOM_COLD
    fi
    if [[ -f $STATE/used-by-$COMMAND ]]; then
        need_space "$STATE" $ROOM_WARM
    else
        need_space "$STATE" $ROOM_COLD
    fi
    exec 6>>"$CACHE/lock"
    flock -n 6 || {
        say "Another command is filling $CACHE: waiting for it."
        flock 6
    }
    need_packages "${PACKAGES_SERVER[@]}" "$@"
    need_odoo
    need_venv
    exec 6>&-
    touch "$STATE/used-by-$COMMAND"
}

# need_linters - set LINTERS (a Python environment) and NODE_MODULES.
need_linters() {
    local python key
    python=$(find_python)
    key=$({ grep -E '^(ruff|pylint)' "$ROOT/requirements-dev.txt"; "$python" -VV; } |
        sha256sum | cut -c1-12)
    LINTERS=$CACHE/linters-$key
    [[ -f $LINTERS/complete ]] || step "Python linters" make_linters "$python"
    key=$(sha256sum "$ROOT/package-lock.json" | cut -c1-12)
    NODE_MODULES=$CACHE/node-$key/node_modules
    [[ -f $CACHE/node-$key/complete ]] || step "JavaScript linters" make_node_modules
}

make_linters() {
    rm -rf "$LINTERS"
    "$1" -m venv "$LINTERS"
    grep -E '^(ruff|pylint)' "$ROOT/requirements-dev.txt" >"$LINTERS/list.txt"
    "$LINTERS/bin/python" -m pip install --disable-pip-version-check --no-input \
        -r "$LINTERS/list.txt" || refuse_libraries
    touch "$LINTERS/complete"
}

make_node_modules() {
    local folder=${NODE_MODULES%/node_modules}
    rm -rf "$folder"
    mkdir -p "$folder"
    cp "$ROOT/package.json" "$ROOT/package-lock.json" "$folder"
    (cd "$folder" && npm ci --no-audit --no-fund) || refuse_libraries
    touch "$folder/complete"
}
