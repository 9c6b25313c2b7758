@rollback
Feature: Rollback
  A release that was promoted can be taken back: the previous version returns to every user.

  @RB-1
  Scenario: A rollback can be successfully triggered (`kubectl argo rollouts undo`).
    Given the new version was released by canary and promoted
    When the release is undone
    Then the release is promoted
    And pods of the old version come up
    And Argo CD finds that the release differs from what the Application asks for

  @RB-2
  Scenario: Traffic is fully restored to the previous stable version.
    Given the new version was released by canary and promoted
    When the release is undone, and promoted as far as it needs
    Then users are answered by the old version only
    And the old version is the stable one, and no weight is left on the canary
    And Argo CD finds that the release differs from what the Application asks for
