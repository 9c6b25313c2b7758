/**
 * The client of the Kubernetes API: it follows a release, promotes and undoes it, and sends requests to its Services
 * and pods.
 */
package delivery.kubernetes;
