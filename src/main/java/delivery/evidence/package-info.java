/** Records evidence for the report, without the secrets of the settings. */
package delivery.evidence;
