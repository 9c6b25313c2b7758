/**
 * A Rollout, its ReplicaSets, Services, pods and analyses at one moment, and the expectations that waits have of them.
 * The rules for pod counts and delays are those of the Argo Rollouts controller.
 */
package delivery.rollout;
