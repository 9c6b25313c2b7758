/** The settings of a run: their names, forms and defaults, and their validation. */
package delivery.settings;
