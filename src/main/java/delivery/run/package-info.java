/**
 * A run as a whole: it opens the environment, hands releases to scenarios, keeps results, removes what it created, and
 * decides how the run ends.
 */
package delivery.run;
