/**
 * The platform that criteria are proved on and the live Application that copies are made from: whether they are fit
 * for a proof, and whether they stay so while scenarios run.
 */
package delivery.environment;
