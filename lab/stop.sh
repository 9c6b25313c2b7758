# shellcheck shell=bash
# Ends the lab and removes what it left. Sourced by the launcher.

# Only one start or stop runs at a time.
take_lock() {
    { mkdir -p "${LAB_STATE%/*}" && exec 9>"$LAB_STATE.lock"; } 2>/dev/null || fail "LAB_STATE=$LAB_STATE cannot be written: set LAB_STATE to a folder that can"
}

# Kills the namespaces' first process, and with it every component, shim, container, mount and interface.
end_lab() {
    local pid tries=0
    if pid=$(lab_pid); then
        kill -9 "$pid" 2>/dev/null
        while [ -e "/proc/$pid" ] && [ $tries -lt 100 ]; do
            tries=$((tries + 1))
            sleep 0.1
        done
        [ ! -e "/proc/$pid" ] || fail "the lab's first process ($pid) does not end"
    fi
    if [ -f "$LAB_STATE/pid" ]; then
        # The kernel removes an interface a moment after its namespace.
        ip link delete "$LAB_HOST_INTERFACE" 2>/dev/null
        for tries in 1 2 3 4 5 6 7 8 9 10; do
            remove_cgroups
            lab_cgroups_left || break
            sleep 0.2
        done
    fi
    rm -f "$LAB_STATE/pid" "$LAB_STATE/ready"
}

lab_cgroups_left() {
    local hierarchy
    for hierarchy in $(cgroup_hierarchies); do [ -d "$hierarchy/$LAB_NAME" ] && return 0; done
    return 1
}

# Refuses a LAB_STATE with files other than those of a lab, since they would be removed.
require_own_state() {
    [ ! -e "$LAB_STATE" ] || [ -e "$LAB_STATE/is-a-lab" ] || [ -z "$(ls -A "$LAB_STATE")" ] \
        || fail "LAB_STATE=$LAB_STATE holds something else than a lab, which would be removed: set it to a folder of its own"
}

clear_lab() {
    require_own_state
    end_lab
    rm -rf --one-file-system "$LAB_STATE"
}

lab_down() {
    check_linux
    check_root
    if [ ! -e "$LAB_STATE" ] && [ ! -e "$LAB_STATE.route" ]; then say "there is no lab"; return 0; fi
    take_lock
    flock -w 60 9 || fail "a start is under way; end it first (Ctrl-C where it runs)"
    clear_lab
    unblock_range
}
