/**
 * Shows a run in the terminal: the list of criteria while they are proved, the estimate of the time that is left, and
 * the summary at the end.
 */
package delivery.console;
