/** Which version answered users, second by second, beside the events of the release. */
package delivery.timeline;
