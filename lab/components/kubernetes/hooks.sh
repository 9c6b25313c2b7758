# shellcheck shell=bash
# The cluster's certificates and kubeconfigs.
on_configured() { kube-pki "$LAB_STATE/config/kubeadm.yaml" "$LAB_STATE/kube"; }
