/** The step definitions. A Given or When acts and waits until the system has accepted the action; a Then only looks. */
package delivery.steps;
