/** The values that a chart is rendered with, read as Helm reads them, and the canary's steps among them. */
package delivery.chart;
