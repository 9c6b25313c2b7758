/**
 * The client of Argo CD's REST API: an Application as Argo CD has it, its sources, values, rendered objects and sync
 * windows, and the conditions that a wait has for it.
 */
package delivery.argocd;
