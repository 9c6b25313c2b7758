/** How cut texts and table cells are written, and the labels that mark objects of the suite. */
package delivery.text;
