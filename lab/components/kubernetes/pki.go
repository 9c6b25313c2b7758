package main

import (
	"os"
	"path/filepath"
	"time"

	"k8s.io/kubernetes/cmd/kubeadm/app/constants"
	"k8s.io/kubernetes/cmd/kubeadm/app/phases/certs"
	"k8s.io/kubernetes/cmd/kubeadm/app/phases/kubeconfig"
	"k8s.io/kubernetes/cmd/kubeadm/app/util/config"
)

// makePKI makes the certificates of the cluster that kubeadm's configuration file describes, and its kubeconfigs in
// folder: what kubeadm's `init phase certs all`, `init phase kubeconfig all` and, for kube-proxy, `kubeconfig user` make.
// The whole of kubeadm takes five times as long to compile as these packages of it.
func makePKI(file, folder string) error {
	cluster, err := config.LoadInitConfigurationFromFile(file, config.LoadOrDefaultConfigurationOptions{SkipCRIDetect: true})
	if err != nil {
		return err
	}
	if err := certs.CreatePKIAssets(cluster); err != nil {
		return err
	}
	for _, name := range []string{constants.AdminKubeConfigFileName, constants.SuperAdminKubeConfigFileName,
		constants.KubeletKubeConfigFileName, constants.ControllerManagerKubeConfigFileName,
		constants.SchedulerKubeConfigFileName} {
		if err := kubeconfig.CreateKubeConfigFile(name, folder, cluster); err != nil {
			return err
		}
	}
	proxy, err := os.OpenFile(filepath.Join(folder, "kube-proxy.conf"), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer proxy.Close()
	return kubeconfig.WriteKubeConfigWithClientCert(proxy, cluster, "system:kube-proxy", nil,
		time.Now().Add(constants.CertificateValidityPeriod))
}
