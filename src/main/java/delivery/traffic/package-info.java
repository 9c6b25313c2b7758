/**
 * Requests, their answers, and the judgement of shares: which version answered, and whether a sample fits the requested
 * share. It opens no connection.
 */
package delivery.traffic;
