@setup
Feature: Setup
  A version is new when its users can tell: it answers with its own version number.

  @SET-1
  Scenario: A new version of the application is built and pushed to GHCR (e.g., with a visible change like a version bump in the UI or API response).
    Given users have the old version
    When a new version is built and pushed
    And the new version is released, up to its first pods
    Then the registry holds the new version under its tag
    And the pods of the new version run the very image that was pushed
    And the new version answers with its own version number
