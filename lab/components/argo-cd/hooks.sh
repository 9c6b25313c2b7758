# shellcheck shell=bash
on_certified() {
    sed 's/^    user: kubernetes-super-admin$/&\n    namespace: argocd/' "$LAB_STATE/kube/super-admin.conf" >"$LAB_STATE/kube/argocd.conf" \
        && lab_certificate argocd-server "IP:$LAB_NODE_IP,IP:127.0.0.1,DNS:localhost,DNS:argocd-server.argocd.svc.cluster.local"
}

on_objects() {
    kubectl create secret tls argocd-server-tls -n argocd --cert "$LAB_STATE/pki/argocd-server.crt" --key "$LAB_STATE/pki/argocd-server.key"
}
