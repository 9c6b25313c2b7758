/** The only package that waits. Every wait ends as met, not met in time, or impossible. */
package delivery.waiting;
