@blockers
Feature: Blockers

  Discovered instead of features that are not right: it fails by what is to be mended.

  @PRE-1
  Scenario: The features are not right.
    When the environment is validated
