/** Reads the feature files, checks them, and formats them: {@code make check} and {@code make format}. */
package delivery.features;
