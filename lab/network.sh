# shellcheck shell=bash
# The lab's addresses, which never leave the machine. Sourced by the launcher.

address_number() {
    local IFS=. a b c d
    read -r a b c d <<<"$1"
    echo $(((a << 24) + (b << 16) + (c << 8) + d))
}

# Whether two ranges share an address.
overlaps() {
    local a=${1%/*} al=${1#*/} b=${2%/*} bl=${2#*/} shortest
    [ "$al" = "$1" ] && al=32
    [ "$bl" = "$2" ] && bl=32
    shortest=$((al < bl ? al : bl))
    [ $(($(address_number "$a") >> (32 - shortest))) -eq $(($(address_number "$b") >> (32 - shortest))) ]
}

in_range() { overlaps "$1" "$LAB_RANGE"; }

check_range() {
    [[ $LAB_RANGE =~ ^[0-9]+\.[0-9]+\.0\.0/(8|9|1[0-6])$ ]] \
        || fail "LAB_RANGE=$LAB_RANGE is not a range the lab can use: give an IPv4 range of at least a /16, such as 198.18.0.0/15"
    local line words destination
    # A VPN's routes may be in a table of their own, an address of this machine's is in the local one.
    while read -r line; do
        read -ra words <<<"$line"
        case $line in *"dev $LAB_HOST_INTERFACE"* | "unreachable $LAB_RANGE "* | "unreachable $LAB_RANGE") continue ;; esac
        destination=${words[0]}
        [[ $destination =~ ^[a-z]+$ ]] && [ "$destination" != default ] && destination=${words[1]}
        [[ $destination =~ ^[0-9.]+(/[0-9]+)?$ ]] || continue
        ! in_range "$destination" \
            || fail "the lab's address range $LAB_RANGE is in use on this machine (route: $line): set LAB_RANGE to another private range, such as 10.200.0.0/16"
    done < <(ip -4 route show table all 2>/dev/null)
    return 0
}

# Hosts that a first start downloads from.
download_hosts() {
    { go env GOPROXY 2>/dev/null | sed 's/[,|]/\n/g'
      # shellcheck disable=SC2016 # apt's own
      apt-get indextargets --format '$(SITE)' 2>/dev/null
      printf '%s\n' "${HTTPS_PROXY:-}" "${https_proxy:-}" "${HTTP_PROXY:-}" "${http_proxy:-}"
    } | sed -n 's|^[a-z]*://\([^/]*@\)\{0,1\}\([^/:]*\).*|\2|p' | sort -u | head -n 8
}

addresses_of() { timeout 2 getent ahostsv4 "$1" 2>/dev/null | awk '{ print $1 }' | sort -u; }

# Some VPNs and routers answer every name with an address of the benchmarking range, which they catch; no route of this
# machine shows it. To make that range unreachable would cut off whatever has a name.
check_names() {
    local host address name
    while read -r address name _; do
        [[ $address =~ ^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$ ]] && in_range "$address" \
            && fail "/etc/hosts gives $name the address $address, which is in the lab's range $LAB_RANGE: set LAB_RANGE to another private range, such as 10.200.0.0/16"
    done < <(hosts_file)
    while read -r host address; do
        ! in_range "$address" \
            || fail "$host has the address $address here, which is in the lab's range $LAB_RANGE (a VPN or a router with fake addresses gives such to every name): set LAB_RANGE to another private range, such as 10.200.0.0/16"
    done < <(for host in "$(uname -n)" $(download_hosts); do
        (addresses_of "$host" | sed "s/^/$host /") &
    done
    wait)
    return 0
}

# Before anything may talk to the lab: a probe that runs while the lab is not there must end here, not at the default
# gateway. The lab's own routes are narrower and win while they exist. Whether it was the lab that made it is kept.
block_range() {
    ip -4 route show exact "$LAB_RANGE" type unreachable 2>/dev/null | grep -q . && return 0
    echo "$LAB_RANGE" >"$LAB_STATE.route"
    ip route replace unreachable "$LAB_RANGE" || fail "the route that keeps $LAB_RANGE on this machine could not be set"
}

# Sockets of this machine that are still open to the lab's addresses: their packets must not leave it.
open_to_lab() { ss -Htan "dst $LAB_RANGE" 2>/dev/null | grep -vc '^TIME-WAIT'; }

# Once nothing of the lab runs, its range is nobody's business of this machine's.
unblock_range() {
    local left
    if [ ! -e "$LAB_STATE.route" ] || [ "$(cat "$LAB_STATE.route")" != "$LAB_RANGE" ]; then
        say "ended; the route that keeps $LAB_RANGE on this machine is not the lab's own, and stays"
        return
    fi
    left=$(open_to_lab)
    if [ "${left:-0}" -gt 0 ]; then
        say "ended; $left connections to it are still open on this machine, so the route that keeps $LAB_RANGE here stays: 'make lab-down' removes it once they are gone"
        return
    fi
    ip route del unreachable "$LAB_RANGE" 2>/dev/null
    rm -f "$LAB_STATE.route"
    say "ended; nothing is left of it but what it built, in $LAB_CACHE"
}

check_interface() {
    # A lab that runs has its own.
    ! lab_pid >/dev/null 2>&1 || return 0
    [ ! -e "/sys/class/net/$LAB_HOST_INTERFACE" ] \
        || fail "an interface named $LAB_HOST_INTERFACE exists that is not this lab's: set LAB_NAME to another name"
}

# connect PID: joins the host with the network namespace of a process.
connect() {
    ip link add "$LAB_HOST_INTERFACE" type veth peer name eth0 netns "$1" \
        && ip addr add "$LAB_HOST_IP/30" dev "$LAB_HOST_INTERFACE" \
        && ip link set "$LAB_HOST_INTERFACE" up \
        && nsenter -t "$1" -n ip link set lo up \
        && nsenter -t "$1" -n ip addr add "$LAB_NODE_IP/30" dev eth0 \
        && nsenter -t "$1" -n ip link set eth0 up \
        && nsenter -t "$1" -n ip route add "$LAB_SERVICE_CIDR" dev eth0 \
        && nsenter -t "$1" -n ip route add unreachable default \
        && ip route add "$LAB_POD_CIDR" via "$LAB_NODE_IP" \
        && ip route add "$LAB_SERVICE_CIDR" via "$LAB_NODE_IP"
    # Services need some route before their address is translated; nothing else has a way out.
}
