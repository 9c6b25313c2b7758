/**
 * Records the actions of a scenario and the calls that the clients sent, and compares the two. The Session History is
 * written from them.
 */
package delivery.history;
