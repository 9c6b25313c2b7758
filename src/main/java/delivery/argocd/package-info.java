/**
 * The client of Argo CD's REST API: an Application as Argo CD has it, its sources, values, rendered objects and sync
 * windows, and the expectations that waits have of it.
 */
package delivery.argocd;
