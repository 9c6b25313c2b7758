/**
 * A Rollout, its ReplicaSets, Services, pods and analyses at one moment, and the conditions that a wait has for them.
 * Rules that count pods or delays are those of the Argo Rollouts controller.
 */
package delivery.rollout;
