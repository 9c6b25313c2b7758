# shellcheck shell=bash
# The cluster's certificates and kubeconfigs.
on_configured() {
    local config=$LAB_STATE/config/kubeadm.yaml
    kubeadm init phase certs all --config "$config" \
        && kubeadm init phase kubeconfig all --config "$config" --kubeconfig-dir "$LAB_STATE/kube" \
        && kubeadm kubeconfig user --config "$config" --client-name system:kube-proxy >"$LAB_STATE/kube/kube-proxy.conf"
}
