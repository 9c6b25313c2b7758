/** The client of the image registry, and the ways to build a new version of the application. */
package delivery.registry;
