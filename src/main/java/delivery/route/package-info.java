/** Judges the objects that route users to a release: whether they lead to the right Services. */
package delivery.route;
