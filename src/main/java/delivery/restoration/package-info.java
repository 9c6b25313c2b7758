/**
 * Puts the live release back after a run in place. A journal in the cluster records its earlier state, so that a later
 * run can put it back, too.
 */
package delivery.restoration;
