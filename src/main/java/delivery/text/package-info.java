/** The format of shortened texts and table cells, and the labels that mark objects of the suite. */
package delivery.text;
