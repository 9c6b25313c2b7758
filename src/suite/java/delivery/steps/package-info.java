/** The step definitions. A Given or When acts and waits until the system has taken the act up; a Then only looks. */
package delivery.steps;
