/**
 * The exceptions that end a proof without a verdict: the environment is not fit, the input is wrong, or a criterion is
 * not applicable.
 */
package delivery.failure;
