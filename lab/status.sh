# shellcheck shell=bash
# Prints the lab's state, and how to reach it. Sourced by the launcher.

# Prints program|command for each program: the probe, to be run within the lab.
lab_probes() {
    local name
    for name in "${PROGRAMS[@]}"; do echo "$name|${CONF[program:$name.probe]}"; done | render ""
}

# Prints name|0 or 1 for each program, after running all probes in parallel.
component_states() {
    # shellcheck disable=SC2016 # for the shell inside
    lab_probes | KUBECONFIG=$LAB_STATE/kube/super-admin.conf in_lab bash -c '
        while IFS="|" read -r name probe; do
            (timeout 5 $probe >/dev/null 2>&1; echo "$name|$?") &
        done
        wait'
}

components_are_ready() { ! component_states | grep -qv '|0$'; }

# Prints a line for each program that does not work, with its last output, and for what Argo CD reports of sample-api.
what_is_wrong() {
    local name
    while read -r name; do
        printf '\nlab: %s is not ready: %s' "$name" "$(tail -n 1 "$LAB_STATE/logs/$name.log" 2>/dev/null | cut -c1-300)"
    done < <(component_states | sed -n 's/|[1-9].*$//p' | sort)
    KUBECONFIG=$LAB_STATE/kube/super-admin.conf kubectl --request-timeout 3s get application sample-api -n argocd \
        -o jsonpath='{range .status.conditions[*]}{"\nlab: sample-api: "}{.type}{": "}{.message}{end}' 2>/dev/null
}

lab_status() {
    local states name state failed=0
    if ! lab_pid >/dev/null; then
        say "not running; 'make lab' starts it"
        return 1
    fi
    PATH=$(lab_path):$PATH
    [ -e "$LAB_STATE/ready" ] || say "starting, or its start was interrupted"
    states=$(component_states)
    printf '%-32s %-10s %s\n' COMPONENT VERSION STATE
    for name in "${PROGRAMS[@]}"; do
        if grep -qx "$name|0" <<<"$states"; then state=ready; else state="NOT READY (make lab-logs C=$name)"; failed=1; fi
        printf '%-32s %-10s %s\n' "$name" "$(running_version "${CONF[program:$name.component]}")" "$state"
    done
    for name in "${COMPONENTS[@]}"; do
        has_programs "$name" || printf '%-32s %-10s %s\n' "$name" "$(running_version "$name")" "(a command)"
    done
    state=$(KUBECONFIG=$LAB_STATE/kube/super-admin.conf kubectl --request-timeout 3s get application sample-api -n argocd \
        -o jsonpath='{.status.sync.status}, {.status.health.status}, {.status.summary.images[0]}' 2>/dev/null)
    printf '%-32s %-10s %s\n' "Application sample-api" "" "${state:-unknown}"
    case $state in "Synced, Healthy"*) ;; *) failed=1 ;; esac
    last_proof
    return $failed
}

has_programs() {
    local name
    for name in "${PROGRAMS[@]}"; do [ "${CONF[program:$name.component]}" != "$1" ] || return 0; done
    return 1
}

# Prints the result of the last run in this checkout, with its versions.
last_proof() {
    local run=$LAB_HOME/../reports/run.json
    [ ! -e "$run" ] || jq -r '"Last run here: \(.counts.proven) criteria proven, \(.counts.notMet) not met, \(.counts.notRun) not run, "
        + "on \(.begin[0:10]), with \(.versions | del(.suite, .suiteCommit) | to_entries | map("\(.key) \(.value)") | join(", "))"' "$run" 2>/dev/null
}

# The version that the lab was started with; the checkout may have another one by now.
running_version() {
    if [ -e "$LAB_STATE/versions" ]; then awk -v name="$1" '$1 == name { print $2 }' "$LAB_STATE/versions"; else component_version "$1"; fi
}

lab_version() {
    printf '%s\n' "${COMPONENTS[@]}" | grep -qx -- "$1" || fail "there is no component '$1'; there are: ${COMPONENTS[*]}"
    if lab_pid >/dev/null; then running_version "$1"; else component_version "$1"; fi
}

lab_env() {
    if ! lab_pid >/dev/null || [ ! -e "$LAB_STATE/ready" ]; then fail "not running; 'make lab' starts it"; fi
    PATH=$(cat "$LAB_STATE/path"):$PATH
    cat <<ENV
KUBECONFIG=$LAB_STATE/kube/super-admin.conf
ARGOCD_SERVER=https://$LAB_NODE_IP:8443
ARGOCD_SERVER_CRT=$LAB_STATE/pki/ca.crt
ARGOCD_USERNAME=admin
ARGOCD_PASSWORD=$(KUBECONFIG=$LAB_STATE/kube/super-admin.conf kubectl get secret argocd-initial-admin-secret -n argocd -o jsonpath='{.data.password}' | base64 -d)
GATEWAY=http://$LAB_NODE_IP
REGISTRY=http://$LAB_NODE_IP:5000
RELEASES=${RELEASES:-$LAB_RELEASES}
ENV
}

# Prints a session token, valid for a day, of the user that lab_env names. The password is in no command line.
argocd_token() {
    jq -cn '{username: env.ARGOCD_USERNAME, password: env.ARGOCD_PASSWORD}' \
        | curl -fsS --max-time 10 --cacert "$ARGOCD_SERVER_CRT" -H 'Content-Type: application/json' -d @- "$ARGOCD_SERVER/api/v1/session" \
        | jq -er .token
}

lab_shell() {
    local line
    lab_pid >/dev/null || fail "not running; 'make lab' starts it"
    while read -r line; do export "${line?}"; done < <(lab_env)
    PATH=$(cat "$LAB_STATE/path"):$PATH
    # The argocd command needs host:port, and a token: to log in, it asks the user whether to trust the lab's CA, even
    # with --server-crt.
    ARGOCD_AUTH_TOKEN=$(argocd_token) || fail "Argo CD takes no login; see make lab-status"
    unset ARGOCD_USERNAME ARGOCD_PASSWORD
    export ARGOCD_AUTH_TOKEN ARGOCD_SERVER=${ARGOCD_SERVER#https://}
    export ARGOCD_OPTS="--server-crt $ARGOCD_SERVER_CRT --config $LAB_STATE/home/argocd"
    if [ -n "$CALLERS_LOCALE" ]; then export LC_ALL=$CALLERS_LOCALE; else unset LC_ALL; fi
    if [ $# -gt 0 ]; then exec "$@"; fi
    say "kubectl, kubectl argo rollouts and argocd use the lab; exit leaves it running"
    PS1='(lab) \w \$ ' exec bash --norc -i
}

lab_logs() {
    if [ -z "$1" ] || [ ! -e "$LAB_STATE/logs/$1.log" ]; then
        say "which component? make lab-logs C=name, one of: $(programs | tr '\n' ' ')" >&2
        return 1
    fi
    if [ "${FOLLOW:-0}" = 1 ]; then exec tail -n 200 -F "$LAB_STATE/logs/$1.log"; else tail -n 500 "$LAB_STATE/logs/$1.log"; fi
}

# Stops or starts one of supervisor's programs, or sends it a signal that kills or freezes it without asking.
lab_component() {
    lab_pid >/dev/null || fail "not running; 'make lab' starts it"
    programs | grep -qx -- "$2" || fail "there is no component '$2'; there are: $(programs | tr '\n' ' ')"
    case $1 in
        stop | start) supervisor "$1" "$2" ;;
        kill) supervisor signal KILL "$2" ;;
        freeze) supervisor signal STOP "$2" ;;
        thaw) supervisor signal CONT "$2" ;;
        *) fail "lab component stop, start, kill, freeze or thaw NAME" ;;
    esac
}
