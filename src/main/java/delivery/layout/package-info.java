/**
 * Finds out how a delivery is laid out: its Rollout, its routes, and the places in its values that a release has to
 * change. Where several things fit, it asks and does not guess.
 */
package delivery.layout;
