/** The only place that waits. Every wait ends as met, as not met in time, or as impossible. */
package delivery.waiting;
