# shellcheck shell=bash
# The Debian packages that the lab needs, besides the programs that it builds itself. Sourced by the launcher.

# command or file that shows that a package is installed | package; the needs of a single component are in its own
# folder
LAB_PACKAGES='
supervisord|supervisor
ip|iproute2
nft|nftables
/bin/busybox|busybox-static
mmdebstrap|mmdebstrap
git|git
jq|jq
openssl|openssl
curl|curl
unshare|util-linux
flock|util-linux
'

needed_packages() {
    local name needed
    printf '%s' "$LAB_PACKAGES" | sed '/^$/d'
    for name in "${COMPONENTS[@]}"; do
        ! is_packaged "$name" || [ -e "$(component_dir "$name")/bin" ] || echo 'apt-get|apt'
        ! is_released "$name" || [ -e "$(component_dir "$name")/bin" ] || echo 'pip3|python3-pip'
        for needed in ${CONF[$name.needs]-}; do echo "${needed%:*}|${needed##*:}"; done
    done
}

missing_packages() {
    local probe package
    needed_packages | while IFS='|' read -r probe package; do
        case $probe in
            /*) [ -e "$probe" ] || echo "$package" ;;
            *) command -v "$probe" >/dev/null || echo "$package" ;;
        esac
    done | sort -u | tr '\n' ' '
}

# Seconds to wait while another program holds apt's lock.
LAB_APT_WAIT=300

# apt COMMAND...: never asks; reports another program's lock and waits for it. Its output is in $log.
apt() {
    local deadline=$((SECONDS + LAB_APT_WAIT)) told='' apt
    # The log must exist before the command below opens it.
    : >"$log"
    while :; do
        DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l APT_LISTCHANGES_FRONTEND=none APT_LISTBUGS_FRONTEND=none apt-get -o DPkg::Lock::Timeout="$LAB_APT_WAIT" \
            -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" >"$log" 2>&1 </dev/null 9>&- &
        apt=$!
        while kill -0 $apt 2>/dev/null; do
            if [ -z "$told" ] && grep -q 'Waiting for cache lock' "$log"; then
                told=1
                say "another program holds apt's lock; waiting $LAB_APT_WAIT s at most: $(grep -o 'held by process.*' "$log" | head -n 1)"
            fi
            sleep 0.2
        done
        wait $apt && return 0
        # apt does not itself wait for the lock of the lists.
        grep -q 'Could not get lock' "$log" && [ $SECONDS -lt $deadline ] || return 1
        [ -n "$told" ] || say "another program holds apt's lock; waiting $LAB_APT_WAIT s at most: $(grep -o 'held by process.*' "$log" | head -n 1)"
        told=1
        sleep 2
    done
}

lab_packages() {
    local missing log
    read -ra missing < <(missing_packages)
    if [ "$LAB_PACKAGES_DRY_RUN" = 1 ]; then
        if [ ${#missing[@]} -gt 0 ]; then echo "apt-get install --no-install-recommends ${missing[*]}"; else say "every package is installed"; fi
        exit 0
    fi
    [ ${#missing[@]} -gt 0 ] || return 0
    check_apt
    stage "installing Debian packages: ${missing[*]} (LAB_PACKAGES_DRY_RUN=1 only prints them)"
    log=$(mktemp)
    # A machine on which apt never ran has no package lists.
    apt install --yes --no-install-recommends "${missing[@]}" \
        || { apt update && apt install --yes --no-install-recommends "${missing[@]}"; } || {
            tail -n 5 "$log" >&2
            fail "the packages could not be installed (the whole output is in $log). Install them yourself: apt-get install ${missing[*]}"
        }
    rm -f "$log"
    missing=("$(missing_packages)")
    [ -z "${missing[*]}" ] || fail "apt-get installed its packages, and these programs are still missing: ${missing[*]}"
}
