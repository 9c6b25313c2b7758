/**
 * Decides whether Argo CD may sync a copy of the live release: every object that it rendered must be the copy's own.
 */
package delivery.clone;
