/** Draws the charts of the report. */
package delivery.picture;
