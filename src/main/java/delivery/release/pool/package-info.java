/**
 * Decides which waiting scenario gets which release, and how that release gets into the situation that the scenario
 * asks for.
 */
package delivery.release.pool;
