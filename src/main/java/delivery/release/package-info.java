/**
 * The release under test, from its deployment to its removal: delivery by Argo CD, promotion, the walk along a
 * canary's steps, and measurements of what its users are served. Steps use these classes.
 */
package delivery.release;
