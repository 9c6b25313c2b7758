/**
 * Requests, their answers, and the judgement of shares: which version answered, and whether a sample fits the share
 * that was asked for. It opens no connection.
 */
package delivery.traffic;
