# What the host must offer, each with one line that says what to do. Sourced by the launcher.

check_linux() {
    [ "$(uname -s)" = Linux ] || fail "the lab needs Linux (this is $(uname -s)): run it on a Linux machine, or $USE_OWN_CLUSTER"
}

check_root() {
    [ "$(id -u)" = 0 ] || fail "the lab makes namespaces, interfaces and cgroups and needs root: run the same command with sudo -E, or $USE_OWN_CLUSTER"
}

check_kernel() {
    unshare --net --mount --pid --fork true 2>/dev/null \
        || fail "this kernel or container refuses new namespaces (unshare): run on a machine of your own, or $USE_OWN_CLUSTER"
    grep -qw overlay /proc/filesystems || modprobe overlay 2>/dev/null \
        || fail "this kernel has no overlayfs, which containers need: load the module 'overlay', or $USE_OWN_CLUSTER"
    unshare --net sh -c 'ip link add name veth0 type veth peer name veth1 && ip link add name bridge0 type bridge' 2>/dev/null \
        || fail "this kernel cannot make veth or bridge interfaces: load the modules 'veth' and 'bridge', or $USE_OWN_CLUSTER"
    unshare --net nft add table ip probe 2>/dev/null \
        || fail "this kernel has no nftables, which Services need: load the module 'nf_tables', or $USE_OWN_CLUSTER"
    [ -d /sys/fs/cgroup ] && grep -q cgroup /proc/mounts \
        || fail "no cgroup hierarchy is mounted under /sys/fs/cgroup: mount one, or $USE_OWN_CLUSTER"
}

check_state_disk() {
    local free
    mkdir -p "$LAB_STATE"
    free=$(df -Pk "$LAB_STATE" | awk 'NR == 2 { print int($4 / 1024) }')
    [ "$free" -ge 1500 ] || fail "a running lab needs 1.5 GB and $LAB_STATE has $free MB free: free some, or set LAB_STATE to a folder on a larger disk"
}

# Version 1 mounts a hierarchy a controller, version 2 has one for all.
cgroup_hierarchies() { awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }' /proc/mounts; }

make_cgroups() {
    local hierarchy file
    for hierarchy in $(cgroup_hierarchies); do
        if [ -e "$hierarchy/cgroup.subtree_control" ]; then
            for file in $(cat "$hierarchy/cgroup.controllers"); do
                echo "+$file" >"$hierarchy/cgroup.subtree_control" 2>/dev/null
            done
        fi
        mkdir -p "$hierarchy/$LAB_NAME" 2>/dev/null || continue
        # cpuset on version 1 starts empty, and an empty one takes no process.
        for file in cpuset.cpus cpuset.mems; do
            [ -e "$hierarchy/$file" ] && cat "$hierarchy/$file" >"$hierarchy/$LAB_NAME/$file" 2>/dev/null
        done
        if [ -e "$hierarchy/$LAB_NAME/cgroup.subtree_control" ]; then
            for file in $(cat "$hierarchy/$LAB_NAME/cgroup.controllers"); do
                echo "+$file" >"$hierarchy/$LAB_NAME/cgroup.subtree_control" 2>/dev/null
            done
        fi
    done
    return 0
}

remove_cgroups() {
    local hierarchy
    for hierarchy in $(cgroup_hierarchies); do
        [ -d "$hierarchy/$LAB_NAME" ] && find "$hierarchy/$LAB_NAME" -depth -type d -exec rmdir {} + 2>/dev/null
    done
    return 0
}
