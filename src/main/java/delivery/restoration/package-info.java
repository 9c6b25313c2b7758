/**
 * Puts the live release back after a run in place. A journal in the cluster says what it was, so that a later run can
 * do it, too.
 */
package delivery.restoration;
