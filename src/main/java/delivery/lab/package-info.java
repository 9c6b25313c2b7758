/** Starts the embedded lab and asks it how it can be reached. */
package delivery.lab;
