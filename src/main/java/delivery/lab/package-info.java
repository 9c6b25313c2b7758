/** Starts the embedded lab and reads how it can be reached. */
package delivery.lab;
