/** Shows which version answered users, second by second, next to the events of the release. */
package delivery.timeline;
