/** The suite as a program: its options, its plugins for Cucumber, and its exit code. */
package delivery.acceptance;
