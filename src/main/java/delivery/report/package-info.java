/** Writes the reports for people and for programs: Allure, JUnit and {@code run.json}. */
package delivery.report;
