// Not compiled: what the lab keeps of their source are the objects that the released Traefik reads. The release's own
// version, 3.7.15, is not served as a module; its kinds are those of 3.7.13.
module lab/traefik

go 1.26.0

require (
	github.com/traefik/traefik/v3 v3.7.13
	sigs.k8s.io/gateway-api v1.6.3
)
