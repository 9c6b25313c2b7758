/**
 * Updates the task's own Markdown file: boxes, reasons and the Session History. It changes nothing else in the file.
 */
package delivery.task;
