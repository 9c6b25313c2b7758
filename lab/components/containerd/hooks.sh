# shellcheck shell=bash
# Kubelet needs the pause image before anything can be pulled.
on_booted() {
    local archive
    archive=$(pause_archive) || return 1
    eventually containerd ctr -a "$LAB_STATE/run/containerd.sock" version
    ctr -a "$LAB_STATE/run/containerd.sock" -n k8s.io images import "$archive" >/dev/null
}
