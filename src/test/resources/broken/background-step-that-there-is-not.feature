@rollback
Feature: Rollback
  A release that was promoted can be taken back: the previous version returns to every user.

  Background:
    Given users had the old version, by magic

  @RB-1
  Scenario: A rollback can be successfully triggered (`kubectl argo rollouts undo`).
    When the release is undone
    Then the release asks for the old version again
    And pods of the old version come up
    And Argo CD finds that the release differs from what the Application asks for

  @RB-2
  Scenario: Traffic is fully restored to the previous stable version.
    When the release is undone, and promoted as far as it needs
    Then users are answered by the old version only
    And the old version is the stable one, and no weight is left on the canary
    And Argo CD finds that the release differs from what the Application asks for
