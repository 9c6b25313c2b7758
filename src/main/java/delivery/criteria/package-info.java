/**
 * The checklist of the task, and the verdict on each criterion. Verdicts, their causes and exit codes are defined only
 * here.
 */
package delivery.criteria;
