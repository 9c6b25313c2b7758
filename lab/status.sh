# Says how the lab is, and how to reach it. Sourced by the launcher.

# program | version of | how it shows that it works; those that listen on the lab's loopback are asked inside
lab_probes() {
    local kubectl="kubectl --kubeconfig $LAB_STATE/kube/super-admin.conf --request-timeout 3s"
    cat <<PROBES
etcd|etcd|$kubectl get --raw /readyz/etcd
kube-apiserver|kubernetes|$kubectl get --raw /readyz
kube-controller-manager|kubernetes|curl -fsSk --max-time 3 https://127.0.0.1:10257/healthz
kube-scheduler|kubernetes|curl -fsSk --max-time 3 https://127.0.0.1:10259/healthz
kubelet|kubernetes|$kubectl wait --for=condition=Ready node/$LAB_NAME --timeout=1s
kube-proxy|kubernetes|curl -fsS --max-time 3 http://127.0.0.1:10256/healthz
containerd|containerd|ctr --connect-timeout 3s -a $LAB_STATE/run/containerd.sock version
coredns|coredns|busybox nslookup sample-api.sample-api.svc.cluster.local $LAB_NODE_IP
registry|registry|curl -fsS --max-time 3 http://$LAB_NODE_IP:5000/v2/
redis||redis-cli ping
traefik|traefik|curl -fsS --max-time 3 http://127.0.0.1:8099/ping
argo-rollouts|argo-rollouts|curl -fsS --max-time 3 http://127.0.0.1:8095/healthz
argocd-repo-server|argo-cd|curl -fsS --max-time 3 http://127.0.0.1:8084/healthz
argocd-application-controller|argo-cd|curl -fsS --max-time 3 http://127.0.0.1:8082/healthz
argocd-server|argo-cd|curl -fsS --max-time 3 --cacert $LAB_STATE/pki/ca.crt https://$LAB_NODE_IP:8443/healthz
PROBES
}

# name|0 or 1 for each component, all asked at once.
component_states() {
    lab_probes | in_lab bash -c '
        while IFS="|" read -r name component probe; do
            (timeout 5 $probe >/dev/null 2>&1; echo "$name|$?") &
        done
        wait'
}

components_are_ready() { ! component_states | grep -qv '|0$'; }

lab_status() {
    local states name component probe state failed=0
    if ! lab_pid >/dev/null; then
        say "not running; 'make lab' starts it"
        return 1
    fi
    PATH=$(lab_path):$PATH
    [ -e "$LAB_STATE/ready" ] || say "starting, or its start was interrupted"
    states=$(component_states)
    printf '%-32s %-10s %s\n' COMPONENT VERSION STATE
    while IFS='|' read -r name component probe; do
        if grep -qx "$name|0" <<<"$states"; then state=ready; else state="NOT READY (make lab-logs C=$name)"; failed=1; fi
        printf '%-32s %-10s %s\n' "$name" "$(version_shown "$component")" "$state"
    done < <(lab_probes)
    state=$(KUBECONFIG=$LAB_STATE/kube/super-admin.conf kubectl --request-timeout 3s get application sample-api -n argocd \
        -o jsonpath='{.status.sync.status}, {.status.health.status}, {.status.summary.images[0]}' 2>/dev/null)
    printf '%-32s %-10s %s\n' "Application sample-api" "" "${state:-unknown}"
    case $state in "Synced, Healthy"*) ;; *) failed=1 ;; esac
    return $failed
}

version_shown() { if [ -n "$1" ]; then component_version "$1"; else redis-check-rdb --version 2>/dev/null | sed 's/^[^0-9]*\([0-9.]*\).*/v\1/' | head -n 1; fi; }

lab_env() {
    lab_pid >/dev/null && [ -e "$LAB_STATE/ready" ] || fail "not running; 'make lab' starts it"
    PATH=$(cat "$LAB_STATE/path"):$PATH
    cat <<ENV
KUBECONFIG=$LAB_STATE/kube/super-admin.conf
ARGOCD_SERVER=https://$LAB_NODE_IP:8443
ARGOCD_SERVER_CRT=$LAB_STATE/pki/ca.crt
ARGOCD_USERNAME=admin
ARGOCD_PASSWORD=$(KUBECONFIG=$LAB_STATE/kube/super-admin.conf kubectl get secret argocd-initial-admin-secret -n argocd -o jsonpath='{.data.password}' | base64 -d)
GATEWAY=http://$LAB_NODE_IP
REGISTRY=http://$LAB_NODE_IP:5000
ENV
}

# A session of the user that lab_env names, for a day. The password is in no command line.
argocd_token() {
    jq -cn '{username: env.ARGOCD_USERNAME, password: env.ARGOCD_PASSWORD}' \
        | curl -fsS --max-time 10 --cacert "$ARGOCD_SERVER_CRT" -H 'Content-Type: application/json' -d @- "$ARGOCD_SERVER/api/v1/session" \
        | jq -er .token
}

lab_shell() {
    local line
    lab_pid >/dev/null || fail "not running; 'make lab' starts it"
    while read -r line; do export "${line?}"; done < <(lab_env)
    export PATH="$(cat "$LAB_STATE/path"):$PATH"
    # Its command line wants host:port, and a token: to log in it asks a person whether to trust the lab's CA, whatever
    # --server-crt says.
    ARGOCD_AUTH_TOKEN=$(argocd_token) || fail "Argo CD takes no login; see make lab-status"
    unset ARGOCD_USERNAME ARGOCD_PASSWORD
    export ARGOCD_AUTH_TOKEN ARGOCD_SERVER=${ARGOCD_SERVER#https://}
    export ARGOCD_OPTS="--server-crt $ARGOCD_SERVER_CRT --config $LAB_STATE/home/argocd"
    if [ $# -gt 0 ]; then exec "$@"; fi
    say "kubectl, kubectl argo rollouts and argocd speak to the lab; exit leaves it running"
    PS1='(lab) \w \$ ' exec bash --norc -i
}

lab_logs() {
    if [ -z "$1" ] || [ ! -e "$LAB_STATE/logs/$1.log" ]; then
        say "which component? make lab-logs C=name, one of: $(programs | tr '\n' ' ')" >&2
        return 1
    fi
    if [ "${FOLLOW:-0}" = 1 ]; then exec tail -n 200 -F "$LAB_STATE/logs/$1.log"; else tail -n 500 "$LAB_STATE/logs/$1.log"; fi
}

# What a program of the supervisor's is told: stop and start it, or send it the signal that does the same without asking.
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
